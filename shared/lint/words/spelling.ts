import { wordSet } from './word-set.ts'

/** Words with a spelling of their own: acronyms, units and brands. The key is the word in lower case. */
export const ownSpelling: ReadonlyMap<string, string> = new Map(
  [
    ...wordSet(`
    2FA 3D 3DS AB ACH AI AM API APK AR ARPU ATM ATS AWS B2B B2C BI BNPL CAPTCHA CC CDN CDP CEO CI CLI CMS COD COVID CPA CPC CPM
    CPU CRM CSS CSV CTA CTR CV CVC CVV DB DM DNS DOB ECG EKG EMI EPUB ERP ESG ETA ETF ETL EU EUR EV FAQ FTP GA GA4
    GBP GCP GDPR GIF GMV GPS GPT GPU GST GTM GUI HD HDMI HIPAA HMO HR HSA HTML HTTP HTTPS IAM IAP IBAN IBM ICS ID IDE
    IDs IMAP IOT IP IPO IRA ISBN ISO ISP IT ITSM IVR JPEG JPG JS JSON JWT KPI KYC KYB LAN LDAP LLM LMS LTV MCP MFA MQL ML MMS
    MP3 MP4 MRR MSRP MVP NDA NFC NFT NGO NLP NPS OCR OEM OKR OS OTP P2P PC PCI PDF PDP PIN PLP PNG PO POI POS PR PSP QA QR
    RAM REST RFID RFP RFQ ROI RSS RSVP RTL SAML SAAS SCIM SDK SEO SIM SKU SLA SME SMS SMTP SOAP SOC SOS SQL SQS SSH SSL SSN SSO SVG
    TLS TOS TOTP TV TTS UAT UGC UI UK UPC UPI UPS URI URL URLs US USA USB USD UTM UUID UX VAT VIN VIP VM VOD VOIP VPC VPN
    VR WCAG WYSIWYG XLS XLSX XML YAML ZIP APIs PDFs FAQs SQL SCORM LTI BMI ECU EHR EMR ICD RX IDP OAuth
    iOS iPad iPhone iPod iCloud iMessage iTunes iFrame macOS tvOS watchOS visionOS webOS eBay eBook eSIM eSign eSignature eCommerce
    eCheck eLearning eGift eNewsletter eCard npm dbt jQuery mParticle GitHub GitLab YouTube LinkedIn PayPal WhatsApp HubSpot QuickBooks FaceTime FaceID TouchID
    AirDrop AirPlay CarPlay PowerPoint OneDrive SharePoint WordPress JavaScript TypeScript BigQuery SendGrid Mailchimp
    WooCommerce AutoPay ChatGPT OpenAI DocuSign Mastercard AdWords AdSense DoorDash TikTok Snapchat Bitbucket CircleCI
    PagerDuty GraphQL PostgreSQL MySQL MongoDB NoSQL RudderStack DevOps PlayStation SoundCloud FedEx McAfee
    WebSocket WebAuthn WebRTC AppsFlyer BigCommerce ActiveCampaign ClickUp ClickHouse Datadog Dropbox Salesforce ServiceNow
    CloudFront CloudWatch DynamoDB Elasticsearch GoDaddy InVision JetBrains LastPass Mixpanel NetSuite OpenTable SurveyMonkey Tripadvisor Typeform
    ZoomInfo eTicket eReader uTorrent WiFi Google Facebook Instagram Twitter Amazon Netflix Spotify Shopify Zapier Zendesk Trello Jira
    Reddit Pinterest Venmo Okta Twilio Klaviyo Algolia Airtable Asana Figma Klarna Telegram Android Kubernetes Siri Alexa Bluetooth
    `),
  ].map((word) => [word.toLowerCase(), word]),
)

/** Acronyms that are also English words: spelt in capitals only where the writer did so. */
export const wordsToo = wordSet(
  'it us am pin po soap rest pr os ar ai zip ics lan sim tos vat vin ups ram cc dm ev ab es hr ira pos poi saas',
)

/** Words that Title Case may leave small, except at the beginning and the end. */
export const smallWords = wordSet(
  'a an and as at but by for from if in into nor of off on onto or over per so than the to up via vs with without',
)

/** Shortenings that only their author understands, and the word meant. */
export const shortenings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acct: 'account',
    addr: 'address',
    btn: 'button',
    cmpl: 'complete',
    cmpltd: 'completed',
    crtd: 'created',
    cust: 'customer',
    dlvrd: 'delivered',
    frm: 'form',
    img: 'image',
    msg: 'message',
    notif: 'notification',
    ordr: 'order',
    pg: 'page',
    prod: 'product',
    prdct: 'product',
    pwd: 'password',
    pymt: 'payment',
    pmt: 'payment',
    subs: 'subscription',
    txn: 'transaction',
    upd: 'update',
    updt: 'update',
    usr: 'user',
    vw: 'view',
    vwd: 'viewed',
    clk: 'click',
    clkd: 'clicked',
    snt: 'sent',
    rcvd: 'received',
  }),
)
