import type { WebModule } from '../platform/module.ts'

export const proofs: WebModule = {
  name: 'proofs',
  commands: [
    {
      id: 'proof-questions',
      label: 'proofs:title',
      permission: 'people.read',
      run: ({ go }) => go('people/proofs'),
    },
  ],
  live: {
    'proof.': (_event, api) => [api.proofs.key()],
    'identity.': (_event, api) => [api.people.key(), api.inbox.conversations.get.key()],
  },
}
