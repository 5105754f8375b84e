import type { Finding, PropertyPast, Rule } from '../rule.ts'
import { pathInCall, placesOf } from './places.ts'
import type { Place } from './places.ts'

/** Fewer events are no habit yet. */
const enoughEvents = 10
const habit = 0.95
const findingLimit = 10

export const emptyValue: Rule = {
  id: 'metadata/empty-value',
  severity: 'info',
  title: 'Value is missing',
  documentation:
    'A `null` or an empty text, where nearly all of the other events of this name have a value, mostly means that it was not there yet when the call was made: a page that was still loading, a variable of the wrong name. Where there really is nothing to tell, leave the property out.',
  good: { type: 'track', event: 'Report Exported', userId: 'abc123', properties: { format: 'csv' } },
  bad: { type: 'track', event: 'Report Exported', userId: 'abc123', properties: { format: '' } },
  source: 'experience',
  check(event, facts) {
    if (event.type !== 'track' || event.properties === null || facts.past === null) return []
    const findings: Finding[] = []
    for (const place of placesOf(event.properties)) {
      // Lists hold what they hold: an element of one stands for no property.
      if (!isEmpty(place) || typeof place.key === 'number') continue
      const past = facts.past.property(place.path)
      if (past === null || !usuallyHasValue(past)) continue
      findings.push(finding(place))
      if (findings.length === findingLimit) break
    }
    return findings
  },
}

function isEmpty({ type, value }: Place): boolean {
  return type === 'null' || value === ''
}

function usuallyHasValue({ types, emptyTexts }: PropertyPast): boolean {
  const events = types.string + types.number + types.boolean + types.object + types.array + types.null
  return events >= enoughEvents && events - types.null - emptyTexts >= events * habit
}

function finding(place: Place): Finding {
  return {
    path: pathInCall(place),
    message: `\`${place.path}\` is ${place.type === 'null' ? 'null' : 'an empty text'}, where nearly all other events of this name have a value`,
    reason: 'Such an event is missing from everything that is grouped or filtered by this property.',
    suggestion: null,
  }
}
