import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { migrate } from '../../../electron/engine/store/database.ts'
import { RequestRows } from '../../../electron/engine/store/queries/request-rows.ts'

let database: Database.Database

beforeEach(() => {
  database = new Database(':memory:')
  migrate(database)
  database.exec(`
    INSERT INTO request (received_at, method, path, headers, body_bytes) VALUES (1, 'POST', '/v1/track', '[]', 2);
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 300)
    INSERT INTO event (request_id, received_at, timestamp, accepted, message_id) SELECT 1, n, n, 1, 'same' FROM number;
    INSERT INTO analysed_event (event_id, received_at, message_id, accepted, problems, worst)
    SELECT id, received_at, message_id, 1, 0, 0 FROM event WHERE id <= 250;
  `)
})

const idsOf = (id: number, messageId: string | null): number[] =>
  new RequestRows(database).attempts(id, messageId).map(({ eventId }) => eventId)

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

it('a messageId that all calls share shows its first hundred deliveries', () => {
  expect(idsOf(7, 'same')).toEqual(upTo(100))
})

it('a later delivery is shown with those before it, analysed or not', () => {
  expect(idsOf(200, 'same')).toEqual([...upTo(99), 200])
  expect(idsOf(300, 'same')).toEqual([...upTo(99), 300])
})

it('a call without a messageId was delivered once', () => {
  expect(idsOf(7, null)).toEqual([7])
})
