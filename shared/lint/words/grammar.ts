import { wordMap, wordSet } from './word-set.ts'

/** They begin the tail of a name: Product Added | to Wishlist. `of` binds nouns, so it begins none. */
export const tailPrepositions = wordSet(
  'to from for with in on at by via into onto as during after before per without through about against upon toward towards under over within between until inside outside across',
)

/** Verb and particle that make one action: signed up, rolled back. Keyed by the infinitive. */
export const phrasalVerbs: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `
  add:on,up back:up,out,off bail:out block:out,off blow:up bounce:back branch:off,out break:down,up,in,out,off bring:up,back buy:out,in
  call:back,off,out carry:over,out,on cash:out,in charge:back change:over check:in,out,off,up clean:up,out clear:out,up
  clock:in,out,on,off close:out,down,off come:back,in,up,on count:down,in crop:out cross:out,off cut:off,out,back,down
  dial:in,out drill:down,in,up drop:off,out,down,in fade:in,out fail:over fall:back,behind,off fill:in,out,up find:out fire:off,up
  follow:up,through give:up,away,back,out go:back,live,online,offline,up,down,out,off,away grow:up hand:off,over,out,back
  hang:up,out hold:back,off,on,out invite:back join:in,up keep:up kick:off,out knock:out,down lay:off,out leave:out let:in,out,down level:up
  light:up line:up link:up,out load:up lock:out,in,down,up log:in,out,on,off,back look:up,out make:up mark:down,up,off match:up
  max:out merge:in,back mix:up move:in,out,up,down,on,over,back navigate:away,back opt:in,out,down pair:up pass:over,on,back,along
  pay:off,out,up,back,down,in phase:out,in pick:up,out,off pin:down plug:in pop:up,out post:back power:on,off,up,down,down print:out
  pull:in,down,out,up,back push:out,back,through,up put:back,off,down,up ramp:up,down,off reach:out read:out ring:up,back
  roll:back,out,over,up,in rule:out run:out,off,down scale:up,down,out,in,back scroll:down,up,back,past sell:out,off send:out,back,off,in
  set:up,off,aside,back ship:out,back show:up,off shut:down,off,out sign:up,in,out,off,on,over sit:down,in,out skip:ahead,over,back,forward slow:down
  sort:out speed:up spin:up,down,off split:up,off stack:up stand:up,by,down,out start:up,over,off stay:in step:up,down,in,out,back,away
  stop:by sum:up swap:out,in swipe:left,right,up,down,away,back,through switch:on,off,over,out,back sync:up,back take:over,down,off,out,back,away,on
  tap:out,in,through tear:down throw:away,out tie:up time:out,in top:up,off trade:in,up,down transfer:out,in,over trim:down try:out,on,again tune:in,out
  turn:on,off,up,down,over,in,out,back,away type:in wake:up walk:in,out,away,through warm:up wash:out watch:out wear:off,out wind:down,up wipe:out
  work:out wrap:up write:off,down,in,back,up zoom:in,out
  `
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const colon = entry.indexOf(':')
      return [entry.slice(0, colon), new Set(entry.slice(colon + 1).split(','))]
    }),
)

/** Written as one word they are nouns; each is a verb and its particle. */
export const compoundActions: ReadonlyMap<string, readonly [verb: string, particle: string]> = new Map([
  ['backup', ['back', 'up']],
  ['checkin', ['check', 'in']],
  ['checkout', ['check', 'out']],
  ['cashout', ['cash', 'out']],
  ['login', ['log', 'in']],
  ['logon', ['log', 'on']],
  ['logout', ['log', 'out']],
  ['logoff', ['log', 'off']],
  ['optin', ['opt', 'in']],
  ['optout', ['opt', 'out']],
  ['opt-in', ['opt', 'in']],
  ['opt-out', ['opt', 'out']],
  ['check-in', ['check', 'in']],
  ['check-out', ['check', 'out']],
  ['log-in', ['log', 'in']],
  ['log-out', ['log', 'out']],
  ['sign-up', ['sign', 'up']],
  ['sign-in', ['sign', 'in']],
  ['sign-out', ['sign', 'out']],
  ['rollback', ['roll', 'back']],
  ['rollout', ['roll', 'out']],
  ['setup', ['set', 'up']],
  ['shutdown', ['shut', 'down']],
  ['signin', ['sign', 'in']],
  ['signoff', ['sign', 'off']],
  ['signon', ['sign', 'on']],
  ['signout', ['sign', 'out']],
  ['signup', ['sign', 'up']],
  ['timeout', ['time', 'out']],
  ['topup', ['top', 'up']],
  ['top-up', ['top', 'up']],
])

/** These say what a person did to the session: alone, or after the person, they can be turned into the past. */
export const sessionActions = wordSet(
  'login logon logout logoff signin signout signup sign-up sign-in sign-out log-in log-out signon optin optout opt-in opt-out',
)

/** Nouns and adjectives that say an action is over, with the verb that says it better. */
export const actionsAsNouns = wordMap(`
  acceptance:accept activation:activate addition:add acquisition:acquire approval:approve archival:archive arrival:arrive assignment:assign
  authentication:authenticate authorization:authorize cancellation:cancel cancelation:cancel collection:collect
  completion:complete confirmation:confirm consumption:consume conversion:convert creation:create deactivation:deactivate deletion:delete
  delivery:deliver departure:depart deployment:deploy detection:detect disconnection:disconnect dismissal:dismiss
  duplication:duplicate enrollment:enroll enrolment:enrol execution:execute expansion:expand expiration:expire expiry:expire export:export
  failure:fail fulfillment:fulfill generation:generate initialization:initialize initiation:initiate insertion:insert
  installation:install modification:modify publication:publish reactivation:reactivate redemption:redeem registration:register
  rejection:reject removal:remove renewal:renew replacement:replace resolution:resolve restoration:restore retrieval:retrieve
  revocation:revoke selection:select submission:submit subscribe:subscribe success:succeed successful:succeed successfull:succeed suspension:suspend
  synchronization:synchronize termination:terminate transmission:transmit uninstallation:uninstall unsuccessful:fail
  upvote:upvote validation:validate verification:verify withdrawal:withdraw complete:complete
`)

/** Gerunds that have become nouns: a Landing Page is not somebody landing. */
export const gerundNouns = wordSet(`
  accounting advertising backing banking banner beginning being billing blessing boarding booking branding briefing budgeting building camping ceiling
  clothing coaching coding consulting cooking counseling covering crossing dashboard dating decking dining drawing dressing driving
  earning earnings engineering evening everything feeling filing financing finding findings fishing fitting flooring funding gaming
  gathering greeting handling happening heading hearing  holdings housing invoicing king landing learning leasing lending licensing
  lighting listing listings living loading lodging mailing making manufacturing marketing matching meaning meeting meetings merchandising messaging
  modeling monitoring morning mapping networking nothing offering offerings onboarding  outing painting parking
  petting placing planning plumbing posting pricing printing programming proceeding    ranking rating ratings reading reasoning
  recording recruiting reporting ring roaming routing  savings scheduling schooling screening  setting settings shipping shopping sibling
  something sourcing spelling spending spring staffing staging standing streaming string styling swimming targeting teaching testing thing things
  ticketing timing tooling touring tracking trading training travelling understanding underwriting upselling vesting  
  walking warehousing warning wedding wing wiring wording working writing yearning staking gifting
`)

/** Words in -ed that are no past tense. */
export const notPast = wordSet(`
  red bed need feed seed speed weed reed breed bleed creed deed greed heed indeed exceed proceed succeed embed shed sled med ted wed
  hundred sacred kindred hatred naked wicked rugged wretched crooked newsfeed infrared biped moped seabed watershed overspeed
  medias unlimited united newlywed embedded-feed freebed airbed homebred thoroughbred purebred zed ned
`)

/** Participles that mostly describe the noun after them: Related Items, Advanced Settings. */
export const describing = wordSet(`
  advanced related detailed united limited featured recommended suggested combined estimated expected unexpected required mixed
  associated sponsored dedicated extended enhanced preferred scheduled nested fixed used unused aged gifted talented
  sophisticated complicated certified licensed distributed supposed so-called top-rated organised trusted
  married tired interested excited abandoned animated dated pre-owned refurbished managed
`)

/** Verbs that something is done to a button with; other verbs are what is written on it: Cancel Button. */
export const buttonVerbs = wordSet(
  'click tap press push hover enable disable show hide add remove hit touch focus',
)

/** The one who acts: User Clicks Button tells no more than Button Clicked. */
export const everybody = wordSet('user users customer customers visitor visitors shopper')
export const agents = wordSet(`
  user users customer customers visitor visitors shopper member members admin admins administrator agent client clients driver rider
  seller buyer merchant vendor student teacher patient doctor guest host employee employer candidate applicant tenant player
  subscriber viewer reader author lead contact prospect partner owner manager person people account learner instructor passenger courier guardian parent
`)

/** Parts of a page and attributes of things: after a noun that could be a verb they make one noun. Search Bar. */
export const partsOfThings = wordSet(`
  page pages screen button link form modal popup banner tab menu bar section step steps view summary detail details
  history status count rate dialog drawer icon field box panel option options number type name code time date
  template limit flow funnel process engine terms center centre desk guide channel policy mode cart lane
  label header footer sheet window confirmation success failure volume id key area zone
`)

/** Of the words that are verb and noun, those that stand before a part of a page as its noun: Share Button, Search Bar. */
export const modifiers = wordSet(`
  search share play start support test review request download upload export import survey invite install preview sort filter fill
  sign log trial welcome exit access refund return call email credit discount export record release ship purchase sample
  transfer trade vote transition wash access
`)

/** Two words that are one noun, although the first could be a verb or the second. */
export const nounPairs: ReadonlySet<string> = new Set(
  `
  search result/search results/search query/search term/search terms/search filter/search filters/search engine/test result/test results/test drive
  thank you/stop loss/credit card/support ticket/exit intent/scroll depth/welcome back/contact form/contact page/contact us/pull request/merge request/friend request/support request/feature request/api request/bank transfer/wire transfer/customer support
  help support/app store/play store/phone call/video call/product review/customer review/price change/price drop/live stream/book store
  free trial/credit check/background check/data plan/lead time/home delivery/access key/access token/access control/change log
  share price/start date/end date/start time/end time/play time/work order/work item/purchase order/sales order/test case/test suite
  email support/live support/help article/help articles/report card/call center/call log/order book/board view/list view/grid view
  street view/calendar view/credit report/error report/bug report/gift wrap/user exit/save point/release note/release notes/invite code
  invite link/discount code/trade show/bid price/post office/address change/order change
  `
    .trim()
    .split(/\s*[/\n]\s*/),
)

/** Two words that are verb and noun, although the noun is the stronger verb. */
export const verbPairs: ReadonlySet<string> = new Set(
  'contact sales/contact support/contact seller/contact host/file claim/file claims/file complaint/file dispute/file return/file report/book visit/form group/book trial/email receipt/ship order/ship package/page doctor'.split(
    '/',
  ),
)

/** Gerunds that say where a recording is: Segment's own Video Content Playing. */
export const ongoing = wordSet('playing buffering streaming pending running typing')

export const articles = wordSet('a an the my your our their his her its this that these those some any')
/** After a verb they show that no noun follows: Learn More, Try It Free. */
export const noObjects = wordSet('it more me us you them here there and or if how what why when where not')

export const auxiliaries = wordSet('is are was were be been being has have had gets got did does do will')

/** Words that neither carry the action nor say who or what. */
export const fillers = wordSet(
  'successfully now again just already manually automatically recently immediately',
)

/** Actions that a thing does by itself take the past tense, not the participle: Trial Began. */
export const intransitive = wordSet('begin go come run fall rise grow sink arise wake')

/** What has a number of its own, so that a number after it is an id. */
export const numbered = wordSet(`
  order user product customer account invoice ticket payment transaction session subscription shipment booking reservation company
  organization organisation workspace contact lead deal member employee patient student driver campaign post article project
  document message issue case job claim policy quote visitor client tenant device listing property vehicle ride trip
`)
