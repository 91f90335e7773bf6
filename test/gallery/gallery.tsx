import { createRoot } from 'react-dom/client'
import { App } from '../../src/renderer/app.tsx'
import { createStores } from '../../src/renderer/store/stores.ts'
import { createBridgeDouble } from './bridge-double.ts'
import { scenes } from './scenes.ts'

/** Mounts the real window over a double of the bridge: `?scene=<name>`. Never part of the app. */
const name = new URLSearchParams(location.search).get('scene') ?? 'sign-in'
const scene = scenes[name]
const root = document.getElementById('root')
if (scene === undefined || root === null) throw new Error(`no scene named ${name}`)

const stores = createStores(createBridgeDouble(scene))
if (scene.wizard !== undefined) stores.wizard.state.setState(scene.wizard)
stores.connect()
createRoot(root).render(<App stores={stores} />)
