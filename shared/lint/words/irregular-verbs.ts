/** Infinitive, past tense and participle of the irregular verbs that event names are made of. */
const table = `
arise arose arisen; awake awoke awoken; be was been; bear bore borne; beat beat beaten; become became become;
begin began begun; bend bent bent; bet bet bet; bid bid bid; bind bound bound; bite bit bitten; bleed bled bled;
blow blew blown; break broke broken; bring brought brought; broadcast broadcast broadcast; build built built;
burst burst burst; buy bought bought; cast cast cast; catch caught caught; choose chose chosen; cling clung clung;
come came come; cost cost cost; cut cut cut; deal dealt dealt; dig dug dug; do did done; draw drew drawn;
drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed fed; feel felt felt;
fight fought fought; find found found; fly flew flown; forbid forbade forbidden; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown;
hang hung hung; have had had; hear heard heard; hide hid hidden; hit hit hit; hold held held; hurt hurt hurt;
input input input; keep kept kept; know knew known; lay laid laid; lead led led; learn learned learned;
leave left left; lend lent lent; let let let; light lit lit; lose lost lost; make made made; mean meant meant;
meet met met; mislead misled misled; offset offset offset; outbid outbid outbid; overdraw overdrew overdrawn;
overpay overpaid overpaid; override overrode overridden; oversee oversaw overseen; overwrite overwrote overwritten;
pay paid paid; prepay prepaid prepaid; preset preset preset; put put put; quit quit quit; read read read;
rebuild rebuilt rebuilt; redo redid redone; repay repaid repaid; reread reread reread; rerun reran rerun;
resell resold resold; resend resent resent; reset reset reset; retake retook retaken; rewind rewound rewound;
rewrite rewrote rewritten; ride rode ridden; ring rang rung; rise rose risen; run ran run; say said said;
see saw seen; sew sewed sewn; weave wove woven; seek sought sought; sell sold sold; send sent sent; set set set; shake shook shaken;
shoot shot shot; show showed shown; shrink shrank shrunk; shut shut shut; sing sang sung; sink sank sunk;
sit sat sat; sleep slept slept; slide slid slid; speak spoke spoken; spend spent spent; spin spun spun;
split split split; spread spread spread; spring sprang sprung; stand stood stood; steal stole stolen;
stick stuck stuck; strike struck struck; sublet sublet sublet; swear swore sworn; sweep swept swept;
swim swam swum; swing swung swung; take took taken; teach taught taught; tear tore torn; tell told told;
think thought thought; throw threw thrown; undergo underwent undergone; understand understood understood;
underwrite underwrote underwritten; undertake undertook undertaken; undo undid undone; unfreeze unfroze unfrozen; unwind unwound unwound;
uphold upheld upheld; upsell upsold upsold; downsell downsold downsold; cross-sell cross-sold cross-sold; wake woke woken; wear wore worn; win won won; withdraw withdrew withdrawn;
withhold withheld withheld; write wrote written
`

export interface IrregularVerb {
  infinitive: string
  past: string
  participle: string
}

export const irregularVerbs: readonly IrregularVerb[] = table
  .split(';')
  .map((line) => line.trim().split(' '))
  .flatMap(([infinitive, past, participle]) =>
    infinitive !== undefined && past !== undefined && participle !== undefined
      ? [{ infinitive, past, participle }]
      : [],
  )
