import type { CodeCall } from './call.ts'
import { literal, numberIn64Bits } from './literal.ts'
import type { Dialect } from './literal.ts'
import { hex, lineEscapes, quoted } from './text.ts'

/** `\uXXXX` is read before strings are: below 256 it could end the string that it stands in. */
function unseen(codePoint: number): string {
  if (codePoint <= 0xff) return `\\${codePoint.toString(8).padStart(3, '0')}`
  return [...String.fromCodePoint(codePoint)]
    .flatMap((character) => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at)))
    .map((unit) => `\\u${hex(unit, 4)}`)
    .join('')
}

function number(value: number): string {
  const written = numberIn64Bits(value)
  return Number.isInteger(value) && Math.abs(value) > 0x7fffffff && /^-?\d+$/.test(written)
    ? `${written}L`
    : written
}

const dialect: Dialect = {
  text: (text) => quoted(text, { quote: '"', special: { '"': '\\"', '\\': '\\\\', ...lineEscapes }, unseen }),
  number,
  yes: 'true',
  no: 'false',
  nothing: 'null',
  object: () => ({ open: 'object(', close: ')' }),
  // A lone null would be taken for the whole array.
  list: (items) => ({
    open: items.length === 1 && items[0] === null ? 'Arrays.asList((Object) ' : 'Arrays.asList(',
    close: ')',
  }),
  pair: (key, value) => `${dialect.text(key)}, ${value}`,
  indent: '    ',
  trailingComma: false,
}

const depth = 3

/** With analytics-java 3. */
export function java(call: CodeCall): string {
  const message = `${call.type.charAt(0).toUpperCase()}${call.type.slice(1)}Message`
  const options = optionsOf(call).map((option) => `\n${dialect.indent.repeat(depth)}.${option}`)
  return `import com.segment.analytics.Analytics;
import com.segment.analytics.messages.${message};
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

public class Send {
    public static void main(String[] arguments) {
        Analytics analytics = Analytics.builder(${dialect.text(call.writeKey)})
            .endpoint(${dialect.text(call.captureUrl)})
            .build();
        analytics.enqueue(${message}.builder(${subjectOf(call)})${options.join('')});
        analytics.flush();
        analytics.shutdown();
    }

    /** A map of names and values by turns; unlike Map.of it takes null, and any number of them. */
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
`
}

/** What the builder can't do without. */
function subjectOf(call: CodeCall): string {
  switch (call.type) {
    case 'track':
      return dialect.text(call.event ?? '')
    case 'page':
    case 'screen':
      return dialect.text(call.name ?? '')
    case 'group':
      return dialect.text(call.groupId ?? '')
    case 'alias':
      return dialect.text(call.previousId ?? '')
    case 'identify':
      return ''
  }
}

function optionsOf(call: CodeCall): string[] {
  const { userId, anonymousId, context, integrations } = call
  const options: string[] = []
  if (userId !== null) options.push(`userId(${dialect.text(userId)})`)
  if (anonymousId !== null) options.push(`anonymousId(${dialect.text(anonymousId)})`)
  const [values, name] =
    call.type === 'identify' || call.type === 'group'
      ? [call.traits, 'traits']
      : [call.type === 'alias' ? null : call.properties, 'properties']
  if (values !== null) options.push(`${name}(${literal(values, dialect, depth)})`)
  if (context !== null) options.push(`context(${literal(context, dialect, depth)})`)
  for (const [key, value] of Object.entries(integrations ?? {})) {
    const method = typeof value === 'boolean' ? 'enableIntegration' : 'integrationOptions'
    options.push(`${method}(${dialect.text(key)}, ${literal(value, dialect, depth)})`)
  }
  return options
}
