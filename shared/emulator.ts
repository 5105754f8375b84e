/** Under this address the emulator of Android reaches 127.0.0.1 of the machine that it runs on. */
export const emulatorHost = '10.0.2.2'

/** What the emulator is to be told instead of `url`; null where nothing listens on 127.0.0.1. */
export function emulatorUrl(url: string): string | null {
  const [, protocol, port = ''] = /^(https?:)\/\/(?:127\.0\.0\.1|localhost)(:\d+)?$/.exec(url) ?? []
  return protocol === undefined ? null : `${protocol}//${emulatorHost}${port}`
}
