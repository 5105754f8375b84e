import type { JsonObject } from '../event.ts'
import type { NameStyle } from '../lint/config.ts'
import { wordMap } from '../lint/words/word-set.ts'
import { squeezedKey } from './reserved.ts'

/** A bar between two types: the spec says both, or its own examples show the other. */
const specTypes = ['text', 'number', 'boolean', 'date', 'list', 'object', 'text|list', 'text|number'] as const
export type SpecType = (typeof specTypes)[number]

export interface SpecProperties {
  types: ReadonlyMap<string, SpecType>
  /** The same keys without their case and separators, which lead to the right ones. */
  bySqueezedKey: ReadonlyMap<string, string>
}

/** What the Segment spec says about an event that it names. */
export interface SemanticEvent {
  properties: SpecProperties
  /** The properties of the objects in a property, or in the list that it is. */
  inside: ReadonlyMap<string, SpecProperties>
  /** Of each of these, one has to be there: without it, nobody knows which order or product it was. */
  identifiedBy: readonly (readonly string[])[]
  /** A property that tells it from an event of the same, everyday name: any chat has its Message Sent. */
  toldBy: string | null
}

/** Pairs of key and type. */
function named(text: string): SpecProperties {
  const types = new Map<string, SpecType>()
  for (const [key, type] of wordMap(text)) if (isSpecType(type)) types.set(key, type)
  return { types, bySqueezedKey: new Map([...types.keys()].map((key) => [squeezedKey(key), key])) }
}

function isSpecType(text: string): text is SpecType {
  return (specTypes as readonly string[]).includes(text)
}

const productText =
  'product_id:text sku:text category:text name:text brand:text variant:text price:number quantity:number coupon:text position:number url:text image_url:text'
const product = named(productText)
const byProduct = [['product_id', 'sku']]
const orderText =
  'order_id:text affiliation:text total:number revenue:number shipping:number tax:number discount:number coupon:text currency:text products:list'
const wishlistText = `wishlist_id:text wishlist_name:text ${productText}`
const couponText = 'order_id:text cart_id:text coupon_id:text coupon_name:text'
const checkoutText = 'checkout_id:text step:number shipping_method:text payment_method:text'
const emailText = 'email_id:text email_subject:text campaign_id:text campaign_name:text'
const chatText =
  'agent_id:text agent_name:text agent_username:text conversation_id:text conversation_duration:number message_id:text'
const trialText = 'trial_start_date:date trial_end_date:date trial_plan_name:text'
const playbackText = `session_id:text content_asset_id:text|list content_asset_ids:text|list content_pod_id:text|list
  content_pod_ids:text|list ad_asset_id:text|list ad_pod_id:text|list ad_type:text position:number total_length:number
  bitrate:number framerate:number video_player:text sound:number full_screen:boolean ad_enabled:boolean quality:text
  method:text livestream:boolean`
const contentText = `session_id:text asset_id:text pod_id:text title:text description:text keywords:list
  season:text|number episode:text|number genre:text program:text publisher:text position:number total_length:number
  channel:text full_episode:boolean livestream:boolean airdate:date bitrate:number framerate:number`
const adText = `session_id:text asset_id:text pod_id:text pod_position:number pod_length:number type:text title:text
  publisher:text position:number total_length:number load_type:text content:object quartile:number`
const campaign = new Map([['campaign', named('name:text medium:text content:text source:text')]])
const copilotText = 'conversationId:text messageId:text'
const products = new Map([['products', product]])

type Definition = readonly [
  names: string,
  properties: string,
  identifiedBy?: readonly (readonly string[])[],
  inside?: ReadonlyMap<string, SpecProperties>,
]

/** From the public Segment docs, as of November 2025; names that share their properties stand together. */
const definitions: readonly Definition[] = [
  ['Account Created, Account Deleted', 'account_name:text'],
  ['Signed Up', 'type:text first_name:text last_name:text email:text phone:text username:text title:text'],
  ['Signed In, Signed Out', 'username:text'],
  ['Invite Sent', 'invitee_email:text invitee_first_name:text invitee_last_name:text invitee_role:text'],
  ['Account Added User', 'role:text'],
  ['Account Removed User', ''],
  ['Trial Started, Trial Ended', trialText],
  ['Products Searched', 'query:text', [['query']]],
  ['Product List Viewed', 'list_id:text category:text products:list', [], products],
  [
    'Product List Filtered',
    'list_id:text category:text filters:list sorts:list products:list',
    [],
    new Map([
      ['products', product],
      ['filters', named('type:text value:text|number')],
      ['sorts', named('type:text value:text|number')],
    ]),
  ],
  [
    'Promotion Viewed, Promotion Clicked',
    'promotion_id:text creative:text name:text position:text|number',
    [['promotion_id', 'name']],
  ],
  ['Product Clicked', productText, byProduct],
  ['Product Viewed', `${productText} currency:text value:number`, byProduct],
  ['Product Added, Product Removed', `cart_id:text ${productText}`, byProduct],
  ['Cart Viewed', 'cart_id:text products:list', [], products],
  ['Checkout Started', `${orderText} value:number`, [], products],
  ['Checkout Step Viewed, Checkout Step Completed', checkoutText, [['step']]],
  ['Payment Info Entered', `${checkoutText} order_id:text`],
  ['Order Updated, Order Cancelled', orderText, [['order_id']], products],
  ['Order Completed', `checkout_id:text subtotal:number ${orderText}`, [['order_id']], products],
  // Its example in the spec gives the amounts and the products that went back.
  ['Order Refunded', orderText, [['order_id']], products],
  ['Coupon Entered', 'order_id:text cart_id:text coupon_id:text'],
  ['Coupon Applied, Coupon Removed', `${couponText} discount:number`],
  ['Coupon Denied', `${couponText} reason:text`],
  ['Product Added to Wishlist, Product Removed from Wishlist', wishlistText, byProduct],
  ['Wishlist Product Added to Cart', `cart_id:text ${wishlistText}`, byProduct],
  [
    'Product Shared',
    'share_via:text share_message:text recipient:text product_id:text sku:text category:text name:text brand:text variant:text price:number url:text image_url:text',
    byProduct,
  ],
  [
    'Cart Shared',
    'share_via:text share_message:text recipient:text cart_id:text products:list',
    [],
    products,
  ],
  [
    'Product Reviewed',
    'product_id:text review_id:text review_body:text rating:text|number',
    [['product_id']],
  ],
  ['Application Installed', 'version:text build:text|number'],
  [
    'Application Opened',
    'from_background:boolean url:text referring_application:text version:text build:text|number',
  ],
  ['Application Backgrounded, Application Foregrounded, Application Uninstalled, Application Crashed', ''],
  ['Application Updated', 'previous_version:text previous_build:text|number version:text build:text|number'],
  [
    'Install Attributed',
    'provider:text campaign:object',
    [],
    new Map([
      ['campaign', named('source:text name:text medium:text content:text ad_creative:text ad_group:text')],
    ]),
  ],
  ['Push Notification Received', 'campaign:object', [], campaign],
  ['Push Notification Tapped, Push Notification Bounced', 'action:text campaign:object', [], campaign],
  ['Deep Link Opened, Deep Link Clicked', 'provider:text url:text', [['url']]],
  ['Email Bounced, Email Delivered, Email Marked as Spam, Email Opened', emailText],
  ['Email Link Clicked', `${emailText} link_id:text link_url:text`],
  ['Unsubscribed', `${emailText} list_id:text list_name:text`],
  [
    'Live Chat Conversation Started, Live Chat Conversation Ended, Live Chat Message Sent, Live Chat Message Received',
    chatText,
    [['conversation_id']],
  ],
  [
    'Experiment Viewed',
    'experiment_id:text experiment_name:text variation_id:text variation_name:text',
    [
      ['experiment_id', 'experiment_name'],
      ['variation_id', 'variation_name'],
    ],
  ],
  ['Conversation Started, Conversation Ended', copilotText],
  ['Message Sent, Message Received', `${copilotText} message_body:text role:text`],
  ['Action Invoked', `${copilotText} type:text action:text role:text`],
  ['Media Generated', `${copilotText} type:text sub_type:text role:text`],
  ['Component Loaded', `${copilotText} type:text`],
  ['Feedback Submitted', `${copilotText} rating:text|number`],
  [
    `Video Playback Started, Video Playback Paused, Video Playback Interrupted, Video Playback Buffer Started,
    Video Playback Buffer Completed, Video Playback Seek Started, Video Playback Seek Completed, Video Playback Resumed,
    Video Playback Completed, Video Playback Exited`,
    playbackText,
    [['session_id']],
  ],
  ['Video Content Started, Video Content Playing, Video Content Completed', contentText, [['session_id']]],
  ['Video Ad Started, Video Ad Playing, Video Ad Completed', adText, [['session_id']]],
  ['Video Quality Updated', 'bitrate:number framerate:number startupTime:number droppedFrames:number'],
]

const nothingInside: ReadonlyMap<string, SpecProperties> = new Map()

/** By name, as the spec writes it. */
export const semanticEvents: ReadonlyMap<string, SemanticEvent> = new Map(
  definitions.flatMap(([names, text, identifiedBy = [], inside = nothingInside]) => {
    const properties = named(text)
    const toldBy = properties.types.has('conversationId') ? 'conversationId' : null
    const event: SemanticEvent = { properties, inside, identifiedBy, toldBy }
    return names.split(/,\s+/).map((name): [string, SemanticEvent] => [name, event])
  }),
)

const bySqueezedName = new Map([...semanticEvents].map(([name, event]) => [squeezedKey(name), event]))

/** What the spec says about such an event. Teams that write their names in a style of their own mean the same. */
export function specOf(
  name: string | null,
  properties: JsonObject | null,
  style: NameStyle,
): SemanticEvent | null {
  if (name === null || name.length > 60) return null
  const event =
    semanticEvents.get(name) ??
    (style === 'Title Case' ? undefined : bySqueezedName.get(squeezedKey(name))) ??
    null
  if (event === null || event.toldBy === null) return event
  return properties !== null && Object.hasOwn(properties, event.toldBy) ? event : null
}
