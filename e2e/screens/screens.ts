import type { Page } from '@playwright/test'
import { CurrentScreen } from './current-screen.ts'
import { DestinationScreen } from './destination-screen.ts'
import { HistoryScreen } from './history-screen.ts'
import { OutcomeScreen } from './outcome-screen.ts'
import { Rail } from './rail.ts'
import { ReviewScreen } from './review-screen.ts'
import { SettingsScreen } from './settings-screen.ts'
import { SignInScreen } from './sign-in-screen.ts'
import { SourceScreen } from './source-screen.ts'

/** Every screen of one window. */
export interface Screens {
  readonly settings: SettingsScreen
  readonly signIn: SignInScreen
  readonly rail: Rail
  readonly source: SourceScreen
  readonly destination: DestinationScreen
  readonly review: ReviewScreen
  readonly current: CurrentScreen
  readonly outcome: OutcomeScreen
  readonly history: HistoryScreen
}

export function screensOf(page: Page): Screens {
  return {
    settings: new SettingsScreen(page),
    signIn: new SignInScreen(page),
    rail: new Rail(page),
    source: new SourceScreen(page),
    destination: new DestinationScreen(page),
    review: new ReviewScreen(page),
    current: new CurrentScreen(page),
    outcome: new OutcomeScreen(page),
    history: new HistoryScreen(page),
  }
}
