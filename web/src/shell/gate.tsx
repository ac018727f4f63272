import { lazy, Suspense } from 'react'
import { SignedIn } from '../kit/session.tsx'
import { Shell } from './shell.tsx'

const SignIn = lazy(() => import('./sign-in.tsx'))

/** The shell to whoever is signed in, the sign-in to anybody else. */
export const Gate = () => (
  <SignedIn
    otherwise={waiting =>
      waiting ? null : (
        <Suspense fallback={null}>
          <SignIn />
        </Suspense>
      )
    }
  >
    <Shell />
  </SignedIn>
)
