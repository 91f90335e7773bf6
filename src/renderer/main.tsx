import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readWindowBridge } from './bridge/window-bridge.ts'
import { createStores } from './store/stores.ts'

/** The window's composition root. */
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const stores = createStores(readWindowBridge())
stores.connect()
createRoot(root).render(<App stores={stores} />)
