import type { MigrationView, Throughput } from '#shared/contract/schemas.ts'
import { exactBytes, formatRate } from '#shared/domain/amounts.ts'
import { type MigrationProgress, progressFraction, progressPercent } from '#shared/domain/progress-model.ts'
import {
  migrationCopy,
  phaseLabels,
  phaseText,
  remainingNotes,
  remainingText,
  throughputLabel,
  throughputText,
} from '../../copy/migration.ts'
import { elapsedMs, type LivePhase, progressNumbers } from '../../presenters/migration-presenter.ts'
import { GRAPH_HEIGHT, GRAPH_WIDTH, throughputGraph } from '../../presenters/throughput-presenter.ts'
import { formatElapsed } from '../../presenters/time-presenter.ts'
import { StatRow } from '../../ui/facts-list.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './progress-card.module.css'

const quietPhases: readonly LivePhase[] = [
  'cancelling',
  'paused',
  'secret-needed',
  'waiting-for-source',
  'waiting-for-destination',
]

interface ProgressCardProps {
  readonly migration: MigrationView
  readonly phase: LivePhase
  /** The connection is lost: these are the last known numbers, and nobody here knows the speed. */
  readonly isStale: boolean
}

/** How far it is, how fast it goes and how long it will still take (S12, B5). */
export function ProgressCard({ migration, phase, isStale }: ProgressCardProps) {
  const { progress, throughput } = migration
  const percent = progressPercent(progress)
  const numbers = progressNumbers(progress)
  const isMoving = !isStale && (phase === 'copying' || phase === 'sizing')
  return (
    <section className={styles['card']} aria-label={migrationCopy.progress}>
      <div className={styles['head']}>
        {percent !== null && <span className={styles['percent']}>{percent}%</span>}
        <span className={styles['phase']}>{phaseText(phase, progress)}</span>
      </div>
      <ProgressBar
        label={phaseLabels[phase]}
        fraction={progressFraction(progress)}
        isQuiet={isStale || quietPhases.includes(phase)}
        {...(percent === null || numbers === null ? {} : { valueText: `${percent}%, ${numbers}` })}
      />
      <div className={styles['amounts']}>
        {numbers !== null && <p title={exactTitle(progress)}>{numbers}</p>}
        {!isStale && <Remaining phase={phase} progress={progress} />}
      </div>
      <div className={styles['pace']}>
        <StatRow
          stats={[
            { name: migrationCopy.elapsed, value: <Elapsed migration={migration} /> },
            {
              name: migrationCopy.speed,
              value:
                isMoving && progress.bytesPerSecond !== null
                  ? formatRate(progress.bytesPerSecond)
                  : migrationCopy.notYet,
            },
          ]}
        />
        {throughput !== null && <ThroughputPicture throughput={throughput} />}
      </div>
    </section>
  )
}

function exactTitle({ copiedBytes, totalBytes }: MigrationProgress): string {
  return totalBytes === null ? exactBytes(copiedBytes) : `${exactBytes(copiedBytes)} of ${exactBytes(totalBytes)}`
}

/** The time left, and why it has grown when it has. */
function Remaining({ phase, progress }: { readonly phase: LivePhase; readonly progress: MigrationProgress }) {
  const text = remainingText(phase, progress)
  if (text === null) return null
  return (
    <>
      <p className={styles['remaining']}>{text}</p>
      {progress.remainingNote !== null && <p className={styles['reason']}>{remainingNotes[progress.remainingNote]}</p>}
    </>
  )
}

function ThroughputPicture({ throughput }: { readonly throughput: Throughput }) {
  const graph = throughputGraph(throughput)
  if (graph === null) return null
  const text = throughputText(graph)
  return (
    <figure className={styles['graph']}>
      <Sparkline
        label={throughputLabel(text)}
        line={graph.line}
        area={graph.area}
        width={GRAPH_WIDTH}
        height={GRAPH_HEIGHT}
      />
      <figcaption className={styles['caption']} data-selectable>
        {text}
      </figcaption>
    </figure>
  )
}

function Elapsed({ migration }: { readonly migration: MigrationView }) {
  // Twice a second, so that no second is skipped when a tick comes late.
  const now = useNow(true, 500)
  const ms = elapsedMs(migration, now)
  return ms === null ? migrationCopy.notYet : formatElapsed(ms)
}
