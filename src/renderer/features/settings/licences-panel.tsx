import type { RequestAnswer } from '#shared/ipc/channels.ts'
import { useEffect, useState } from 'react'
import { settingsCopy } from '../../copy/settings.ts'
import { useStores } from '../../store/stores-context.tsx'
import styles from './settings.module.css'

type Licences = RequestAnswer<'readLicences'>

/** What others have written of the app, each with the text that it is to be passed on with. */
export function LicencesPanel() {
  const { bridge } = useStores()
  const [licences, setLicences] = useState<Licences | null>(null)
  useEffect(() => {
    let isShown = true
    const show = (read: Licences) => isShown && setLicences(read)
    void bridge.readLicences(null).then(show, () => show([]))
    return () => {
      isShown = false
    }
  }, [bridge])
  if (licences === null) return <p className={styles['lead']}>{settingsCopy.preparing}</p>
  if (licences.length === 0) return <p className={styles['lead']}>{settingsCopy.noLicences}</p>
  return (
    <>
      <p className={styles['lead']}>{settingsCopy.licencesLead}</p>
      <div className={styles['licences']}>
        {licences.map(({ name, version, licence, text }) => (
          <details key={`${name} ${version}`}>
            <summary>
              {name} {version} <span className={styles['detail']}>{licence}</span>
            </summary>
            <pre className={styles['licenceText']}>{text}</pre>
          </details>
        ))}
      </div>
    </>
  )
}
