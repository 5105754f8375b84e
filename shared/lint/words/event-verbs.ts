import { wordSet } from './word-set.ts'

/** Words that are verbs and hardly ever anything else. */
export const plainVerbs = wordSet(`
abandon accelerate accept acknowledge acquire activate adapt add adjust administer admit adopt advance
advertise agree allocate allow amend analyse analyze annotate announce anonymize append apply appoint
approve archive arrange ask assemble assess assign associate attach attend attribute authenticate authorise
authorize autofill automate autosave avoid award background ban become begin blacklist boost bounce bring
broaden browse build buy calculate calibrate cancel capture categorise categorize celebrate certify choose
claim classify clear click close collapse collect combine come compare compile complain complete compose
compress compute configure confirm connect consent consume contain continue contribute convert convince copy
crash create crop customise customize deactivate decide declare decline decompress decrease decrypt deduct
deescalate defer define delegate delete deliver demote deny deploy deprecate dequeue derive describe
deselect destroy detach detect determine diagnose digitize disable disapprove disassociate discard
disconnect discontinue discover dislike dismiss dispatch dispense display dispute disqualify distribute
divide dock donate downgrade downvote drag draw drill drive drop duplicate earn eat edit elect eliminate
embed emit employ enable encounter encrypt endorse enforce engage enhance enjoy enlarge enlist enqueue
enrich enrol enroll ensure enter erase escalate establish evaluate evict exceed exclude execute exempt exit
expand expire explain explore expose extend extract fail favorite favour favourite fax fetch finalise
finalize find finish flip follow foreground forget forgive format forward freeze fulfil fulfill fund
generate get give go grab grant grow hear hide highlight hire hover identify ignore illustrate impersonate
import improve inactivate include increase increment index inform initialize initiate inject insert inspect
inspire install instantiate instruct integrate interact interrupt introduce invalidate invest investigate
invite invoke join keep land launch learn leave lend like liquidate listen load locate lock lose maintain
make manage manipulate mark maximize measure meet mention merge migrate minimize moderate modify monitor
mount move multiply mute navigate negotiate nominate notify nudge obtain occur offboard onboard open opt
optimize organize overwrite own pair pause pay perform personalize pick pin place play postpone preauthorize
predict prefer prefill prepare prequalify preserve prevent preview print prioritize process produce promote
propose protect provide provision publish pull purge pursue push qualify quantify raise reach react
reactivate read realize reassign reauthenticate reauthorize rebuild recalculate recategorize receive
recognize recommend reconcile reconnect recover recruit recycle redeem redirect redo redraw reduce refer
refill refinance refine refresh register reindex reinstall reinstate reject relaunch release reload remind
remove rename render renew reopen reorder reorganize repay repeat rephrase replace replay replenish reply
report reprint republish reschedule resend reserve reset resize resolve respond restart restore restrict
resubmit resubscribe resume retain retake retire retrieve retry return reuse reveal revert revise revive
revoke reward rewind rewrite rotate save say schedule scroll seal see seek select sell send separate serve
set settle shorten show shuffle shut simulate skip slow snooze solve sort speak specify spend split start
stop strengthen strip submit subscribe subtract succeed suggest summarise summarize suppress surrender
suspend swipe switch sync synchronise synchronize tag take tap teach tell terminate thank throttle throw
tick toggle tokenize transcode transcribe transfer transform translate transmit trash treat trigger trim
truncate try turn unarchive unassign unban unblock undelete undo undock unenroll unfavorite unfollow
unfreeze unhide uninstall unlike unlink unlock unmark unmount unmute unpair unpause unpin unpublish
unregister unsave unselect unshare unsnooze unstar unsubscribe untag untick unwatch unzip update upgrade
upsell upvote use utilize validate verify visit wait warn watch whitelist widen win withdraw write zoom
`)

/** Verbs that are nouns as well; in an event's name mostly verbs. */
export const mixedVerbs = wordSet(`
access alert answer approach attempt audit bet bid block book bookmark borrow break brush bundle cache call
cast catch change charge check cheer clone commit crawl credit cut debit debug delay deposit dial dodge
download draft drain drop dump embed end escape exchange exit export express feed fill filter fix flag flush
forecast gain guess hack hang hide hit hold import increase install invite jump kick land lease leave lift
like link load lock log look lookup loop lower mail map match move need pass paste patch peek pick pin ping
pitch pledge poll post press preview promise pull pump punch purchase push put quit raid rank rate read
recharge record redial refill refresh refund regret relay release reload remark rent repair repeat replay
reply repost request rescue reset restart restock retry return retweet reveal reverse review reward rewrite
ride roll rotate run rush save scan scroll search set shake share shift ship show shuffle sign signal skip
sleep snooze sort spin split spread stake star start stitch stop store strike strip support swap switch
tackle tap test tip toggle touch track trade train transfer transition trash travel treat trigger trust try
turn twist undo update upgrade upload view visit vote wake walk wash whisper win work wrap zip
`)

/** Nouns that can be verbs, yet in an event's name mostly are not. */
export const nounsThatCanBeVerbs = wordSet(`
account address age aim amount anchor app article back badge balance band bank bar base batch bench bill
board body boot bot box branch brand bridge bucket budget bug button buzz calendar camera campaign cap card
cart case cell center chain chair channel chart chat checkout circle class client clock cloud club coach
code color column comment community company concert condition contact content contest contract control
cookie corner cost count coupon course cover crew crowd culture cup currency curve customer data date deal
deck demand demo design desk detail device diagram direct discount discussion doctor document dog dollar
door dot double dress duty email engine error event exercise experience experiment eye face fact factor
father favor feature fee feedback field figure file film final finance finger fire firm fish floor flow
focus folder font food force form frame friend front fuel function gallery game gate gear gift goal good
grade ground group guard guest guide hand handle head heart help home host house idea image impact influence
interest interface interview invoice issue item job journal journey judge key label language layer layout
lead lesson letter level library license light limit line list location lot lunch machine market mask master
material matter meal medal media member memo menu message metric milestone mind minute mirror mode model
money month motion mouse name network news note notice number object offer office option order outline
output owner pack package page paint panel paper parent park part partner party password people phone photo
picture piece plan plant plate platform plot point pool pop popup portal position power practice present
price product profile program progress project promotion prompt proof proposal prospect purpose question
queue quote race rage rating reason reference region remark report reservation resource result ring risk
role room root round route rule sample scale scene schedule school score screen script season seat section
security segment sense server service session shape sheet shop side site size slide slot snap sound source
space speed sport spot staff stage stamp standard state statement station status step stock story strategy
stream street stress string structure study style subject summary survey system tab table tag target task
tax team template term text theme thread ticket time title tool topic total tour town trace trail trial trip
type unit user value vehicle venue version video voice wall water wave way weather web weight widget wind
window wish wonder word world zone
`)

/** How likely a word that can be a verb is one: 3 for `send`, 2 for `download`, 1 for `order`, 0 for no verb. */
export function verbStrength(infinitive: string): number {
  if (mixedVerbs.has(infinitive)) return plainVerbs.has(infinitive) ? 2.5 : 2
  if (nounsThatCanBeVerbs.has(infinitive)) return plainVerbs.has(infinitive) ? 1.5 : 1
  return plainVerbs.has(infinitive) ? 3 : 0
}
