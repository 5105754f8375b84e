import { openForCheckpoints } from '../store/database.ts'
import { checkpointerMethods } from './checkpointer-methods.ts'
import { serveDatabase } from './serve.ts'

// The entry of the checkpointer thread: it waits for the disk, so that no append has to.

serveDatabase(openForCheckpoints, checkpointerMethods)
