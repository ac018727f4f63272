import type { Route } from './route.ts'

export const pages: readonly Route[] = []
