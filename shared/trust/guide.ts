/** What the lines below are made of. */
export interface TrustTarget {
  /** The CA's certificate, on the engine's machine. */
  caFile: string
  /** The same behind all CAs that this machine trusts anyway: for what can be given one file only. */
  bundleFile: string
  /** Where capture speaks http, as a phone sees it: the certificate is fetched from there. */
  captureUrl: string
  /** Where capture speaks https. */
  httpsUrl: string
}

export interface TrustStep {
  /** What to do, in a sentence. */
  text: string
  /** Lines to copy; null where it is done by hand. */
  code: string | null
}

/** How one kind of client comes to trust the CA. */
export interface TrustGuide {
  id: string
  title: string
  /** runtime: the process of an SDK. system: a whole machine. device: a phone, a simulator, a container. */
  group: 'runtime' | 'system' | 'device'
  steps: readonly TrustStep[]
}

export const trustGroups: readonly { group: TrustGuide['group']; title: string }[] = [
  { group: 'runtime', title: 'A program' },
  { group: 'system', title: 'A whole machine' },
  { group: 'device', title: 'A phone, a simulator, a container' },
]
