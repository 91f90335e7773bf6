import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './icons.module.css'

/** Our own line icons on a 20 × 20 grid, drawn in the text's colour. Decoration: a word always stands beside them. */
const drawings = {
  plus: <path d="M10 4v12M4 10h12" />,
  transfer: <path d="M4 7h11m-3.5-3.5L15 7l-3.5 3.5M16 13H5m3.5-3.5L5 13l3.5 3.5" />,
  signOut: <path d="M8 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16H8m4.5-9 3 3-3 3M15 10H8" />,
  check: <path d="m4.5 10.5 3.7 3.7 7.3-8" />,
  checkCircle: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="m6.8 10.3 2.2 2.2 4.2-4.8" />
    </>
  ),
  crossCircle: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="m7.5 7.5 5 5m0-5-5 5" />
    </>
  ),
  warning: <path d="M10 3.2 17.3 16H2.7L10 3.2Zm0 5v3.6m0 2v.1" />,
  info: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 9.4v4m0-6.9v.1" />
    </>
  ),
  stopCircle: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M6.8 10h6.4" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.8" />
      <path d="M7 9V6.6a3 3 0 0 1 6 0V9" />
    </>
  ),
  key: (
    <>
      <circle cx="7" cy="13" r="3.2" />
      <path d="m9.3 10.7 6.2-6.2m-2.6 2.6 2.2 2.2" />
    </>
  ),
  eye: (
    <>
      <path d="M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5Z" />
      <circle cx="10" cy="10" r="2.2" />
    </>
  ),
  eyeOff: (
    <path d="M4.6 7.2A12 12 0 0 0 2.5 10s2.7 5 7.5 5c1 0 2-.2 2.8-.6M8 5.3A7 7 0 0 1 10 5c4.8 0 7.5 5 7.5 5a12 12 0 0 1-2 2.600M3.5 3.500l13 13" />
  ),
  chevronDown: <path d="m5.5 8 4.5 4.500L14.5 8" />,
  chevronRight: <path d="m8 5.5 4.5 4.500L8 14.5" />,
  copy: (
    <>
      <rect x="7" y="7" width="9" height="9.5" rx="1.8" />
      <path d="M13 7V5.300A1.3 1.3 0 0 0 11.7 4H5.300A1.3 1.3 0 0 0 4 5.300v6.900a1.3 1.3 0 0 0 1.3 1.300H7" />
    </>
  ),
  external: (
    <path d="M11.5 4H16v4.500M16 4l-6.5 6.500M8.5 5H5.500A1.5 1.5 0 0 0 4 6.500v8A1.5 1.5 0 0 0 5.5 16h8a1.5 1.5 0 0 0 1.5-1.500v-3" />
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5" />
      <path d="m12.8 12.800 3.700 3.700" />
    </>
  ),
  history: <path d="M4.200 6.200A7 7 0 1 1 3 10M3.700 3.200v3.300H7M10 6.500V10l2.500 1.600" />,
  arrowLeft: <path d="M16 10H4.500m4.700-4.700L4.500 10l4.700 4.700" />,
  arrowRight: <path d="M4 10h11.500m-4.700-4.700 4.700 4.700-4.700 4.700" />,
  report: (
    <path d="M11.500 3H6.300A1.300 1.300 0 0 0 5 4.300v11.400A1.300 1.300 0 0 0 6.300 17h7.400a1.300 1.300 0 0 0 1.300-1.300V6.500L11.500 3Zm0 0v3.500H15M8 10.500h4M8 13.500h4" />
  ),
  settings: (
    <>
      <path d="M3.500 6.500h6m5 0h2M3.500 13.500h2m5 0h6" />
      <circle cx="12" cy="6.500" r="2.300" />
      <circle cx="8" cy="13.500" r="2.300" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4l2.600 1.700" />
    </>
  ),
  retry: <path d="M15.800 8.200A6.200 6.200 0 1 0 16 12M16 4.500v3.700h-3.700" />,
  close: <path d="m5.5 5.5 9 9m0-9-9 9" />,
  folder: (
    <path d="M3 6.300A1.3 1.3 0 0 1 4.3 5h3.400l1.8 2h6.200A1.3 1.3 0 0 1 17 8.300v5.400a1.3 1.3 0 0 1-1.3 1.300H4.300A1.3 1.3 0 0 1 3 13.700V6.300Z" />
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

export function Icon({
  name,
  size = 'medium',
}: {
  readonly name: IconName
  readonly size?: 'small' | 'medium' | 'large'
}) {
  return (
    <svg className={classNames(styles['icon'], styles[size])} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  )
}

/** The app's mark, as in resources/icon.svg: a bucket's contents rising into a cloud. */
export function AppMark({ size }: { readonly size: 'small' | 'large' }) {
  return (
    <svg
      className={size === 'large' ? styles['markLarge'] : styles['markSmall']}
      viewBox="0 0 512 512"
      aria-hidden="true"
      focusable="false"
    >
      <rect className={styles['markGround']} x="24" y="24" width="464" height="464" rx="104" />
      <path
        className={styles['markCloud']}
        d="M166 306h-2a74 74 0 0 1-2-147.8 98 98 0 0 1 189-19.6A84 84 0 0 1 348 306h-2"
      />
      <path className={styles['markArrow']} d="M256 398V220m-50 50 50-50 50 50" />
    </svg>
  )
}
