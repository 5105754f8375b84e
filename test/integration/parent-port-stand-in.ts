// Loaded before the engine's entry: what a utility process of Electron calls `process.parentPort`, over Node's own
// channel between parent and child.
Object.assign(process, {
  parentPort: {
    on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
      process.on('message', (data) => listener({ data })),
    postMessage: (message: object) => process.send?.(message),
  },
})
// A utility process ends with the app.
process.on('disconnect', () => process.exit(0))
