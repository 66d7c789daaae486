import { text } from 'node:stream/consumers'
import { ROLES, type Role } from '../../contract/permissions.ts'
import { addMember, createUser, findUser, findWorkspaceId, resetSecondFactor, setPassword } from '../accounts/index.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { start } from '../start.ts'
import { type Command, CommandFault, type CommandInput, textOption } from './run-command.ts'

const USAGE = `rapport user add --email ADDRESS --workspace NAME --role ${ROLES.join('|')} --password-stdin [--name NAME]
       rapport user password --email ADDRESS --password-stdin
       rapport user reset-second-factor --email ADDRESS`
const PASSWORD_CHARACTERS_MIN = 10

export const user: Command = {
  name: 'user',
  summary: 'Adds a person to a workspace, gives somebody a new password, or ends a lost second factor.',
  usage: USAGE,
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    workspace: { type: 'string' },
    role: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  async run(input) {
    const [action] = input.words
    if (action !== 'add' && action !== 'password' && action !== 'reset-second-factor')
      throw new CommandFault('usage', `Usage: ${USAGE}`)
    const email = textOption(input, 'email')
    if (!email) throw new CommandFault('usage', '--email is missing.')
    const password = input.options['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
    if (password !== null && password.length < PASSWORD_CHARACTERS_MIN)
      throw new CommandFault('invalid', `The password needs at least ${PASSWORD_CHARACTERS_MIN} characters.`)
    const started = await start(input.config, input.say)
    try {
      if (action === 'add') return await add(started.services, input, email, password)
      if (action === 'password') return await change(started.services, input, email, password)
      return await resetFactor(started.services, input, email)
    } finally {
      await started.stop()
    }
  },
}

async function add(
  services: Services,
  input: CommandInput,
  email: string,
  password: string | null,
): Promise<Record<string, unknown>> {
  const role = ROLES.find((entry) => entry === (textOption(input, 'role') ?? 'agent')) as Role | undefined
  if (!role) throw new CommandFault('invalid', `--role must be one of ${ROLES.join(', ')}.`)
  const workspaceId = await findWorkspaceId(services, textOption(input, 'workspace') ?? '')
  if (!workspaceId)
    throw new CommandFault('workspace-unknown', `There is no workspace "${textOption(input, 'workspace') ?? ''}".`)
  const present = await findUser(services, { email })
  if (!present && password === null)
    throw new CommandFault('usage', 'This person has no account yet: give a password with --password-stdin.')
  const name = textOption(input, 'name') ?? present?.name ?? email
  const userId =
    present?.userId ?? (await createUser(services, { name, email, password: password ?? '', language: 'en' }))
  const memberId = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    addMember(tx, { userId, name, email }, role),
  )
  input.say(`${name} is now ${role}.`)
  return { userId, memberId, workspaceId, role }
}

async function change(
  services: Services,
  input: CommandInput,
  email: string,
  password: string | null,
): Promise<Record<string, unknown>> {
  if (password === null)
    throw new CommandFault('usage', 'The new password is read from standard input: add --password-stdin.')
  const present = await findUser(services, { email })
  if (!present) throw new CommandFault('user-unknown', `Nobody has the address ${email}.`)
  await setPassword(services, present.userId, password)
  input.say(`${present.name} has a new password; every session was ended.`)
  return { userId: present.userId }
}

async function resetFactor(services: Services, input: CommandInput, email: string): Promise<Record<string, unknown>> {
  const present = await findUser(services, { email })
  if (!present) throw new CommandFault('user-unknown', `Nobody has the address ${email}.`)
  await resetSecondFactor(services, present.userId)
  input.say(`${present.name} signs in without an authenticator app until a new one is set up; every session was ended.`)
  return { userId: present.userId }
}
