import { refDebounced } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import { useAddress } from '../../lib/address.ts'
import { useAnswer } from '../../lib/answer.ts'
import { addressOfName } from '../../lib/name-text.ts'

const typingMs = 120

/** Has a name judged by the rules as it is typed; it stays in the address, so that a verdict can be shown to others. */
export function useNameCheck() {
  const inAddress = useAddress('check')
  const text = ref(inAddress.value ?? '')
  const settled = refDebounced(text, typingMs)

  watch(inAddress, (to = '') => {
    // A link or the back button, not the trace of what is being typed.
    if (to !== addressFor(settled.value)) text.value = to
  })
  watch(settled, (to) => {
    if (addressFor(to) !== (inAddress.value ?? '')) inAddress.value = addressFor(to)
  })

  const { value, failure, ask } = useAnswer(
    () => (settled.value.trim() === '' ? null : settled.value),
    async (client, name) => ({ name, problems: (await client.lint.name({ name })).problems }),
  )
  /** null while nothing is asked, and as long as there is no verdict on what stands in the field. */
  const verdict = computed(() => (text.value.trim() === '' ? null : value.value))
  return { text, verdict, failure, ask }
}

/** What is too long for an address is judged all the same, and leaves no trace. */
const addressFor = (name: string): string => (addressOfName(name) === name ? name : '')
