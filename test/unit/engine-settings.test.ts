import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { EngineSettings } from '../../electron/engine/settings.ts'
import { migrate } from '../../electron/engine/store/database.ts'
import { readSettings } from '../../electron/engine/store/queries/settings.ts'
import { writeSettings } from '../../electron/engine/store/setting-writes.ts'

async function opened(): Promise<{ database: Database.Database; settings: EngineSettings }> {
  const database = new Database(':memory:')
  migrate(database)
  const settings = await EngineSettings.read(
    { settings: async () => readSettings(database) },
    { writeSettings: async (written) => writeSettings(database, written) },
  )
  return { database, settings }
}

it('tells everybody of a change that one part can’t follow, and the one who made it hears why', async () => {
  const { database, settings } = await opened()
  const heard: boolean[] = []
  settings.onChange(() => Promise.reject(new Error('The port is taken')))
  settings.onChange(({ https }) => void heard.push(https))
  await expect(settings.change({ https: true })).rejects.toThrow('The port is taken')
  expect(heard).toEqual([true])
  expect(settings.current.https).toBe(true)
  expect(readSettings(database)).toEqual({ https: 'true' })
})
