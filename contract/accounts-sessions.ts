import { z } from 'zod'
import { email, language, name, password, timeZone } from './accounts-fields.ts'
import { WORKSPACE_COLOURS } from './accounts-workspaces.ts'
import { id, nothing } from './pages.ts'
import { PERMISSIONS, ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'

export const firstRun = {
  status: procedure({
    allow: 'public',
    method: 'GET',
    path: '/first-run',
    summary: 'Whether the installation still waits for its owner, and how one signs in',
    input: nothing,
    output: z.object({ needsSetUp: z.boolean(), identityProvider: z.object({ name: z.string() }).nullable() }),
  }),
  setUp: procedure({
    allow: 'public',
    method: 'POST',
    path: '/first-run',
    summary: 'Creates the owner with the one-time set-up link',
    input: z.object({ token: z.string().min(1).max(200), name, email, password, language: language.default('en') }),
    output: z.object({ userId: z.string() }),
  }),
}

export const session = {
  me: procedure({
    allow: 'signed-in',
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in, and where they may work',
    input: nothing,
    output: z.object({
      userId: z.string(),
      name: z.string(),
      email: z.string(),
      language,
      timeZone: z.string(),
      theme: z.enum(['system', 'light', 'dark']),
      installationAdmin: z.boolean(),
      twoFactor: z.boolean().describe('Whether an authenticator app is set up'),
      provedSecondFactor: z.boolean().describe('Whether this sign-in proved a second factor'),
      workspaces: z.array(
        z.object({
          workspaceId: id,
          slug: z.string(),
          name: z.string(),
          memberId: id,
          role: z.enum(ROLES).nullable().describe('Null: a role of the workspace’s own'),
          roleName: z.string().nullable(),
          mode: z.enum(['live', 'drill']),
          colour: z.enum(WORKSPACE_COLOURS).nullable().describe('Null: nobody chose one'),
          closed: z.boolean().describe('It demands two factors, and this sign-in proved one'),
          permissions: z
            .array(z.enum(PERMISSIONS))
            .describe('What one may do in the workspace, or with what came through some source'),
          atSources: z
            .array(z.object({ sourceId: id, permissions: z.array(z.enum(PERMISSIONS)) }))
            .describe('Where one has another role for a source: what one may do with what came through it'),
          elsewhere: z.array(z.enum(PERMISSIONS)).describe('What one may do with what came through any other source'),
        }),
      ),
    }),
  }),
  update: procedure({
    allow: 'signed-in',
    method: 'PATCH',
    path: '/me',
    summary: 'Own name, language, time zone and theme',
    input: z.object({
      name: name.optional(),
      language: language.optional(),
      timeZone: timeZone.optional(),
      theme: z.enum(['system', 'light', 'dark']).optional(),
    }),
    output: nothing,
  }),
}
