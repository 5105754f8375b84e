/** Secrets that say themselves what they are, by the prefixes that their makers have published. */
const keyPatterns: readonly string[] = [
  String.raw`[sr]k_(?:live|test)_[A-Za-z\d]{10,}`, // Stripe
  String.raw`whsec_[A-Za-z\d+/=]{16,}`, // webhooks of Stripe and others
  String.raw`(?:AKIA|ASIA)[A-Z\d]{16}`, // AWS
  String.raw`gh[oprsu]_[A-Za-z\d]{30,}`, // GitHub
  String.raw`github_pat_[A-Za-z\d_]{22,}`,
  String.raw`glpat-[\w-]{20,}`, // GitLab
  String.raw`xox[abeoprs]-[A-Za-z\d-]{10,}`, // Slack
  String.raw`xapp-\d-[A-Za-z\d-]{10,}`,
  String.raw`AIza[\w-]{35}`, // Google
  String.raw`ya29\.[\w-]{20,}`,
  String.raw`GOCSPX-[\w-]{20,}`,
  String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`, // SendGrid
  String.raw`npm_[A-Za-z\d]{36}`,
  String.raw`pypi-[\w-]{50,}`,
  String.raw`shp(?:at|ca|pa|ss)_[a-fA-F\d]{32}`, // Shopify
  String.raw`sk-(?:ant-|proj-|svcacct-)?[A-Za-z\d][\w-]{30,}`, // OpenAI, Anthropic
  String.raw`hf_[A-Za-z]{30,}`, // Hugging Face
  String.raw`do[opr]_v1_[a-f\d]{64}`, // DigitalOcean
  String.raw`sq0(?:atp|csp)-[\w-]{22,}`, // Square
  String.raw`lin_api_[A-Za-z\d]{32,}`, // Linear
  String.raw`key-[a-f\d]{32}`, // Mailgun
  String.raw`SK[a-f\d]{32}`, // Twilio
  String.raw`\d{8,10}:AA[\w-]{33}`, // Telegram
]

export const keyPattern = new RegExp(String.raw`(?<![\w-])(?:${keyPatterns.join('|')})(?![\w])`, 'g')

/** Addresses that let everybody who knows them write into a channel. */
export const hookPattern =
  /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,}|(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,})/g

export const privateKeyPattern =
  /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----[^-]{0,10000}(?:-----END (?:[A-Z]+ ){0,3}PRIVATE KEY-----)?/g

/** A JSON Web Token (RFC 7519), signed or encrypted: its first part is `{"` in base64url. */
export const jwtPattern = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{6,}(?:\.[\w-]*){1,3}/g

export const bearerPattern = /\b(?:Bearer|Basic) +([A-Za-z\d+/=._~-]{12,})/g

/** `https://user:password@host`. */
export const userInfoPattern = /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@?#]{1,100}:([^\s/@?#]{1,200})@/gi

/** `?password=…` and `#access_token=…` of an address. */
export const parameterPattern = /[?&#]([\w.-]{1,60})=([^&#\s"']{1,2000})/g

/** With a bracketed `(0)`, groups, and the separators that people write. */
export const internationalPhonePattern =
  /(?<![\w+.(-])\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ ./-]?\d){4,13}(?![\w]|[.,-]\d)/g

/** `(415) 555-0132`, `1-415-555-0132`, `415.555.0132`: area and exchange begin with 2 to 9. */
export const northAmericanPhonePattern =
  /(?<![\w.+#/-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d([-.]))[2-9]\d\d[-.]\d{4}(?![\w]|[.-]\d)/g

export const cardPattern =
  /(?<![\w.+#/-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19})(?!\w|[.-]\d)/g

/** A country's letters and two check digits. */
export const ibanBeginning = /(?<![A-Za-z\d])([A-Za-z]{2})\d\d(?= ?[A-Za-z\d])/g
