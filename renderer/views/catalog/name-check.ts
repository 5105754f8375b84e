import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import { useAddress } from '../../lib/address.ts'
import { useAnswer } from '../../lib/answer.ts'
import { addressOfName } from '../../lib/name-text.ts'
import { useTypedText } from '../../lib/typed-text.ts'

const typingMs = 120

/** Has a name judged by the rules as it is typed; it stays in the address, so that a verdict can be shown to others. */
export function useNameCheck() {
  const inAddress = useAddress('check')
  const trace = computed({ get: () => inAddress.value ?? '', set: (name) => (inAddress.value = name) })
  const { typed: text } = useTypedText(trace, traceOf)
  const settled = refDebounced(text, typingMs)

  const { value, failure, ask } = useAnswer(
    () => (settled.value.trim() === '' ? null : settled.value),
    async (client, name) => ({ name, problems: (await client.lint.name({ name })).problems }),
  )
  /** The latest, which names what it is of; null while nothing stands in the field. */
  const verdict = computed(() => (text.value.trim() === '' ? null : value.value))
  return { text, verdict, failure, ask }
}

/** What is too long for an address is judged all the same, and leaves no trace. */
const traceOf = (name: string): string => (addressOfName(name) === name ? name : '')
