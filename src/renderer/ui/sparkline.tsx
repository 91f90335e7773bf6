import styles from './sparkline.module.css'

interface SparklineProps {
  /** The picture in words, with its figures. */
  readonly label: string
  readonly line: string
  readonly area: string
  readonly width: number
  readonly height: number
}

/** A small line without axes, stretched to its box; its figures stand in text beside it. */
export function Sparkline({ label, line, area, width, height }: SparklineProps) {
  return (
    <svg
      className={styles['sparkline']}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <path className={styles['area']} d={area} />
      <path className={styles['line']} d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
