import { wordSet } from './word-set.ts'

/** What products track: nouns that a small dictionary of English lacks, and those it takes for something else. */
export const productNouns = wordSet(`
abandonment access accessory account ach achievement action activity ad add-on addon address admin advert
affiliate agency agenda agent agreement airbnb airline alarm album alert alias allergen allowance allowlist
amazon amenity amount analysis analytics analyzer android animation annotation announcement annual answer
apartment app apparel appeal appearance apple applicant application appointment approval archive area
article artifact artist asana assessment asset assignment assistant association athlete attachment attempt
attendance attendee attribute attribution auction audience audio audit auth0 authentication authenticator
author authority authorization autopilot autoplay availability avatar award badge baggage balance bank
banner bar barcode basket batch battle beacon beneficiary benefit bet beta bid bike bill billing biometric
biometrics bit blacklist block blocklist blog blueprint bluetooth board boarding bond bonds bonus book
booking bookmark boss bot bottom boundary box bracelet branch brand breadcrumb breakpoint breath breathing
brief broadcast brochure broker browser bucket budget buffer bug build builder building bulb bulk bulletin
bundle business button buyer byte cabin cache calculation calculator calendar call callback calorie calories
camera campaign cancellation candidate canvas capability captcha card carousel carrier cart case cash
cashback catalog catalogue category certificate certification challenge change changelog channel chapter
character charge chargeback chart chat chatbot check checkbox checkin checklist checkout child chip choice
chrome city claim clan class classifier classroom click client clinic clip clipboard clock club cluster
coach code codebase cohort coin coins collaborator collateral collection color column command comment
commission commit community company comparison compliance component concert condition conference config
configuration confirmation conflict connection connector consent consultation consumer contact container
content contest context contract contractor contribution contributor control conversation conversion cookie
copilot copy copyright corner cost counter country coupon courier course coverage credential credit crew
criteria crop cruise crypto cuisine currency curriculum cursor custody customer customization cycle
dashboard data database dataset datasource date day deadline deal dealer debit debt decision deck deeplink
default delivery demo department dependency deploy deployment deposit depot description design designer desk
desktop destination detail developer device diagnosis diagram dialog dictionary diet digest dimension
diploma directory disclaimer discord discount discovery discussion dish dispatch display dispute distance
distributor dividend document documentation domain donation donor door doorbell dose download downtime draft
drawer driver dropbox dropdown dropoff dungeon duplicate duration e-mail earnings ebook ecommerce edge
edition editor education effect element eligibility email emission emoji employee employer encryption
endorsement endpoint engagement engine enquiry enrollment enterprise entitlement entity entry environment
episode equipment error escalation escrow essay estimate evaluation event evidence exam exception exchange
exercise expense experience experiment expert explanation explorer export extension external face facebook
fact factor failure family fare favorite favourite feature fee feed feedback fence field figma file filter
finance fingerprint firefox firewall firmware fitness flashcard fleet flight floor flow folder follower font
food footer forecast form format forum foundation frame framework freelancer friend front fulfillment
function fund funnel gallery game gate gateway gem gems gender generator geofence gift gigabyte giveaway
glucose gmail goal google gps grade grader grant graph grid groceries grocery group guarantee guest guide
guideline guild habit handbook handle hardware hash hashtag headcount header headline headset health
healthcare heart heatmap help hero highlight history hold home homepage homework hook host hostname hotel
hour house hub hydration hyperlink iban icon id idea identifier identity iframe image impression in-app
inapp inbox incident income index indicator industry info infographic information ingredient initiative
inspection instagram installment instance institution instruction instructor insurance integration intent
interaction intercom interest interface internal interview intranet introduction inventory investment
investor invitation invite invitee invoice ip issue issuer item itinerary jira job journal journey key
keyboard keychain keyword kiosk kit klarna label landing language laptop lead leaderboard lease lecture
ledger length lens lesson letter level liability library license light lightbox limit line link linkedin
linux list listener listing literal live livechat livestream load loan lobby local locale location lock log
logbook login logo logout lookup loop loot lottery loyalty luggage machine macro magazine mail mailbox
mailer maintenance manager manifest manual manufacturer map marker market marketplace match matchmaking
material matrix maturity meal measure measurement media medication meditation meeting meetup megabyte member
membership memo memory mention menu merchandise merchandiser merchant merge message metadata meter method
metric micro microphone microsite microsoft migration milestone minute mission mobile modal mode model
moderator modifier module moment money monitor monogram month mood mortgage motion mouse movie music name
namespace navbar navigation netflix network news newsfeed newsletter night node note notebook notice
notification notion number nutrition object objective occupancy occurrence off-site offer office offline
okta on-screen onboarding online operation operator opinion opportunity opt-in opt-out option order
organisation organization origin outage outbox outcome outlet outlook output outreach overdraft overlay
overview owner package packet page paint pair panel paper paragraph parameter parcel parent park part
participant partner partnership party pass passcode passenger passkey passport password patch path patient
pattern pause paycheck payee payer paylink payload payment payoff payout paypal payroll paywall peer penalty
performance period permission person persona pet pharmacy phase phone photo photographer phrase picker
pickup picture piece pilot pin ping pinterest pipeline pitch pixel place placeholder placement plan planner
plant platform playback player playlist plug plugin pod podcast point policy poll pool popover popup portal
portfolio position post postcard poster power powerup preference preorder prepayment prescription
presentation preset press preview price pricing printer privacy prize problem procedure process processor
proctor product production profile program programme progress project promo promotion prompt proof property
proposal prospect protection protein protocol provider publisher pull purchase push pushover qualification
quality quantity quarter query quest question questionnaire queue quiz quota quote radio raffle rank rate
rating reaction reader realtor reason reauthentication receipt recharge recipe recipient recommendation
record recording recovery recruiter reddit redemption redirect referral referrer refund region registration
registry regulation rejection relationship release reminder remittance remote renewal rental renter reorder
repair repayment reply repo report repository representative request requirement rescue research reservation
resident resolution resource response restaurant result resume retailer retention return revenue review
reviewer revision reward rewards ride rider risk roadmap role room round route router routine row rule run
runbook runner runtime safari safety salary sale salesforce sample sandbox scan scanner scenario scene
schedule school scope score scoreboard scorecard screen screenshare screenshot script search season seat
secret section sector segment selection selfie seller semester sender sensor sequence serial series server
service session setting setup shape share shareholder sheet shift shipment shipper shipping shop shopify
shopper shortcut shortlink shortlist show side sidebar signage signature signin signout signup site size sku
slack sleep slide slider slideshow slot smartphone sms snapshot snippet social software solution song sort
sound source space spam span speaker spec specification speech spend sponsor spotify spreadsheet sprint
stack staff stage stake stakeholder standard start startup state statement station statistics status step
steps sticker stock stocks stop storage store storefront story storyboard strategy streak stream stretch
string stripe student studio style subaccount subdomain subject submission subscriber subscription subtask
subtitle subtotal suggestion suite summary superset supplier support surface survey swap swatch sweepstake
sweepstakes switch syllabus symptom system tab table tablet tag talk target task tax taxi teacher team
teammate tech telegram telehealth template tenant term terminal terms test testbed testimonial text theme
thermostat thread threshold thumbnail ticket tier time timelapse timeline timer timesheet timezone tip title
toast todo token toll tone tool toolbar tooltip topic total touchpoint tour tournament trace track tracker
traffic trailer trainer training transaction transcript transfer transit translation transport traveler
traveller treasury treatment trello trend trial trigger trip trophy turnaround tutor tutorial tweet twitter
type uber underwriter unit universe update upload uploader upsell uptime url usage user username utility
vacancy vacation validation value variable variant variation vault vehicle vendor venmo venue verification
version video view viewer village visa visit visitor visual vital vlog voice voicemail voip volume volunteer
voucher wage waitlist waiver walkthrough wall wallet wallpaper warehouse warranty watch watchlist wave
wearable weather web webcam webform webhook webinar webpage website webview wedding week weekend weight
welcome whatsapp whitelist whitepaper widget width wifi window windows winner wire wireframe wish wishlist
withdrawal wizard word work workbook worker workflow workload workout workplace worksheet workshop workspace
workstream world writer yard year youtube zapier zendesk zone zoom
`)

export const productAdjectives = wordSet(`
active annual anonymous automated automatic available basic big bulk critical custom daily default digital
double early eligible empty external fast final first five four free full global high important inactive
ineligible initial internal invalid invisible large last late live local long low mandatory manual medium
mobile monthly multiple new next offline old on-time one online optional overdue partial pending personal
premium previous primary private public quarterly quick ready recent recurring remote secondary short single
small smart social successful three total two unavailable unsuccessful upcoming urgent valid virtual visible
weekly yearly
`)
