import { wordSet } from './word-set.ts'

/** Words that are verbs and hardly ever anything else. */
export const plainVerbs = wordSet(`
abandon abort accelerate accept accrue acknowledge acquire activate adapt add adjourn adjudicate adjust
administer admit adopt advance advertise aggregate agree airdrop align allocate allow allowlist amend
amortize analyse analyze annotate announce anonymize apologize append apply appoint approve arbitrate
archive arrange ask assemble assess assign assist associate attach attend attribute augment authenticate
authorise authorize autofill automate autosave avoid award backdate backfill background backorder ban
banish become begin bequeath blacklist blocklist boo boost bounce bring broaden browse build buy bypass
calculate calibrate cancel canvass capture categorise categorize cede celebrate censor certify checkmate
cherry-pick choose chunk circulate claim classify cleanse clear click close collapse collect combine
come commence commend compare compensate compile complain complete comply compose compress compute
concatenate concede condense configure confirm confiscate conjure connect consent consolidate construct
consult consume contain continue contribute convene convert convince copy countersign cram crash create
crop cross-sell cultivate curate customise customize deactivate debrief decide declare decline decode
decompress decorate decrease decrypt deduct dedupe deduplicate deescalate defend defer define deflate
defrost degrade delegate delete delist deliver demolish demote deny denylist deplete deploy deprecate
depreciate deprovision dequeue deregister derive describe deselect destroy detach detect determine
diagnose dictate digitize dilute disable disapprove disarm disassociate disburse discard disclose
disconnect discontinue discover disembark dislike dismantle dismiss dispatch dispense display dispute
disqualify dissolve distribute divert divide dock donate downgrade downsell downvote drag draw drill
drive drop dun duplicate earn eat edit eject elect eliminate embark embed emit employ emulate enable
enact encode encounter encourage encrypt endorse endow enforce engage engrave enhance enjoy enlarge
enlist enqueue enrich enrol enroll ensure enter equip erase escalate escrow establish evade evaluate
evict evolve examine exceed exclude execute exempt exhaust exhibit exit expand expedite expire explain
exploit explore expose extend extract fail fasten favorite favour favourite fax fetch finalise finalize
find fine-tune finetune finish flatten fling flip follow foreground forfeit forget forgive format
formulate forward freeze fulfil fulfill fund furlough furnish generate geofence get give go grab grant
grill grow hail hear hide highlight hire hoist hover hydrate identify ignite ignore illustrate impeach
impersonate import impose impound improve inactivate include increase increment incubate indent index
induct inflate inform inherit initialize initiate inject inscribe insert inspect inspire install
instantiate instruct insure integrate interact interrogate interrupt intervene introduce invalidate
invert invest investigate invite invoke italicize itemize join justify keep laminate land launch learn
leave lend levy like lint liquidate listen litigate load localize locate lock loosen lose magnify
maintain make manage manipulate mark maximize measure mediate meet memorize mention merge migrate minify
minimize mint mobilize moderate modernize modify monitor mount move mow multiply mute narrate navigate
negate negotiate nominate notarize notify nudge nullify obfuscate obtain occur offboard onboard open opt
optimize orchestrate organize originate outsource overbook overclock overhaul overrule overwrite own
paginate pair palletize paraphrase pardon parse pause pay penalize perform persist personalize persuade
pick pin pinch place play pluck poke populate postpone preauthorize predict prefer prefill preheat
preload prepare prequalify prescribe preselect preserve prevent preview print prioritize process produce
promote propose prorate protect provide provision prune publish pull purge pursue push qualify quantify
quarantine raise reach react reactivate read realize rearrange reassign reauthenticate reauthorize
rebase rebook rebrand rebuild recalculate recategorize receive recite recognize recommend recompute
reconcile reconnect recover recruit recycle redact redeem redeploy redirect redline redo redraw reduce
refactor refer refill refinance refine refresh regenerate register regulate rehearse reheat reimburse
reindex reinstall reinstate reinvest reject relaunch release relist reload relocate remaster remediate
remind remit remix remove rename render renegotiate renew renovate reopen reorder reorganize repackage
repay repeat rephrase replace replay replenish reply report repossess reprint republish requeue reroute
reschedule rescind resend reserve reset resize resolve respawn respond restart restore restrict resubmit
resubscribe resume resurrect retain retake retarget retire retrain retrieve retry return reupload reuse
revalidate revamp reveal revert revise revive revoke reward rewind rewrite rotate salvage sanitize save
say schedule scramble scrape scroll scrub sculpt seal see seek select sell send separate sequester serve
set settle shadowban shelve shorten show shred shuffle shut sideload simulate sketch skip slow smelt
snipe snooze soak solder solicit solve sort speak specify spend splice split squash squeeze stabilize
stake start stash steer sterilize stipulate stop stow strengthen strip subdue sublease submit subpoena
subscribe subsidize subtract succeed sue suggest summarise summarize summon suppress surpass surrender
suspend swab swipe switch sync synchronise synchronize synthesize tabulate tag take tally tame tap teach
tell terminate tether thank thaw throttle throw tick tighten toggle tokenize toss tow transcode
transcribe transfer transform translate transmit transplant transpose trash traverse treat triage
trigger trim truncate try turn tweak unarchive unassign unban unblock uncheck undelete undeploy
underline underwrite undo undock unenroll unequip unfavorite unflag unfollow unfreeze unfriend ungroup
unhide unify uninstall unlike unlink unload unlock unmark unmatch unmerge unmount unmute unpack unpair
unpause unpin unplug unpublish unregister unsave unseal unselect unsend unshare unsnooze unstake unstar
unsubscribe unsuspend untag untick untie unveil unwatch unwrap unzip update upgrade upscale upsell
upvote use utilize vacate vaccinate validate vanquish verify vet veto visit void wait waive warn watch
weld whitelist widen wield win withdraw withhold wrangle write yank zoom
`)

/** Verbs that are nouns as well; in an event's name mostly verbs. */
export const mixedVerbs = wordSet(`
defeat access alert answer appeal approach attack attempt audit benchmark bet bid block blur book bookmark
borrow break brew broadcast brush bundle burn cache call cast catch change charge check cheer clone
commit cook craft crawl credit cut debit debug delay deposit dial dim discharge dodge download draft
drain drop dub dump dye embed end escape exchange exit export express feed fight fill filter fix flag
flash flush fly forecast forge gain glue graduate groom guess hack hang harvest hash hatch heal hedge
hide hit hold import increase install invite jump kick kill knit land lease leave lift like link load
lock log look lookup loop loot lower mail map match mine mirror miss move need pack park pass paste
patch peek pick pin ping pitch plant pledge poll post press preview promise pull pump punch purchase
push put quarantine quit raid rank rate read recall recharge record redial refill refresh refund regret
relay release reload remark rent repair repeat replay reply repost request rerun rescue reset restart
restock retry return retweet reveal reverse review revive reward rewrite ride roll rotate run rush sail
save scan scroll search set sew shake share shift ship shortlist show shuffle sign signal skip sleep
snooze sort spin split spread stake staple star start stitch stop store strike strip subtitle support
swap switch tackle tap tear test tie tip toggle touch track trade train transfer transition trash travel
treat trigger trust try turn tutor twist undo update upgrade upload view visit vote wake walk wash wear
weave whisper win work wrap zip
`)

/** Nouns that can be verbs, yet in an event's name mostly are not. */
export const nounsThatCanBeVerbs = wordSet(`
top account address age aim amount anchor app article back badge balance band bank bar base batch bench bill
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
