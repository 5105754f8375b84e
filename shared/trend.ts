/** Bars of a trend. */
export const trendBars = 30
