/** Keys whose values are nobody's to list: few in a test, without end in life. */
const free = new Set(
  `id ids uid uuid guid key token hash name firstname lastname fullname username email phone address city street title
   subject text content body comment note message description query search term url uri path href link referrer
   slug sku code coupon promo version build timestamp date time day locale language timezone user account company
   tag tags label`.split(/\s+/),
)

/** Keys of amounts, which are whole by chance. */
const measured = new Set(
  `price total subtotal amount revenue value tax shipping discount cost fee rate ratio score percent percentage share
   duration length weight height width distance latitude longitude lat lng lon temperature balance budget profit
   margin progress rating seconds minutes hours`.split(/\s+/),
)

/** Whether what stands behind the key can't be listed, however few values have been seen. */
export const hasFreeValues = (key: string): boolean => wordsOf(key).some((word) => free.has(word))

/** Whether what stands behind the key is measured, not counted. */
export const isMeasured = (key: string): boolean => wordsOf(key).some((word) => measured.has(word))

function wordsOf(key: string): string[] {
  return key
    .slice(0, 100)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
}
