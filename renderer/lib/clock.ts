import { readonly, ref } from 'vue'

const now = ref(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 5_000)

/** Epoch milliseconds, a few seconds coarse: for "4 min ago". */
export const currentTime = readonly(now)
