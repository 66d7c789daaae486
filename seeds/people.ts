/**
 * Who the named members of the public are outside the network: what colleagues may find out in the course of the story.
 * Phone numbers are from the ranges that the German regulator keeps free for films.
 */
export interface KnownPerson {
  key: string
  name: string
  /** Keys of public accounts that are this person. */
  accounts: string[]
  email: string | null
  phone: string | null
  forumNickname: string | null
  /** What they said about the forum, as a colleague noted it when linking. */
  saysOfForum?: string
  note: string
}

export const knownPeople: KnownPerson[] = [
  {
    key: 'jutta-wieland',
    name: 'Jutta Wieland',
    accounts: ['jutta'],
    email: 'jutta.wieland@mailbox.example.org',
    phone: '+49 30 23125 417',
    forumNickname: 'juwi_pankow',
    saysOfForum: 'Am Telefon gesagt: „Im Forum bin ich juwi_pankow, da steht alles schon.“',
    note: 'One customer on four channels: network, mail, phone, forum.',
  },
  {
    key: 'thomas-becker-kiel',
    name: 'Thomas Becker',
    accounts: ['becker-kiel'],
    email: 'tom.becker@foerde.example.org',
    phone: null,
    forumNickname: 'lötkolben_tom',
    saysOfForum: 'Hat auf Nachfrage geschrieben, dass er im Forum lötkolben_tom ist.',
    note: 'Kobaltfon customer in Kiel. Not the teacher from Freiburg.',
  },
  {
    key: 'thomas-becker-freiburg',
    name: 'Thomas Becker',
    accounts: ['becker-freiburg'],
    email: 't.becker@schule.example.org',
    phone: '+49 89 99998 103',
    forumNickname: null,
    note: 'Buys for his school at Steenvlerk and Felsdohle. Not the man from Kiel.',
  },
  {
    key: 'durchblicker',
    name: 'Durchblicker',
    accounts: ['durchblicker'],
    email: null,
    phone: null,
    forumNickname: 'durchblicker_original',
    note: 'Wants a quarrel, not an answer.',
  },
]
