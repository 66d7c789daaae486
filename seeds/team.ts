/** Built in, or a preset of which the workspace makes a role of its own. */
export type Role = 'owner' | 'admin' | 'lead' | 'agent' | 'viewer' | PresetRole
export type PresetRole = 'data-protection' | 'works-council'

/** The agency Klinkerlaut and the people in it. One workspace for each client. */
export interface Member {
  key: string
  name: string
  email: string
  /** Language of the screens. */
  language: 'de' | 'nl' | 'en'
  /** Languages this colleague answers in. */
  reads: ('de' | 'nl' | 'en')[]
  /** Put below an answer so that customers know whom they talk to. */
  signOff: string | null
  function: string
}

export const members: Member[] = [
  {
    key: 'meike',
    name: 'Meike Tönnies',
    email: 'meike.toennies@klinkerlaut.example.org',
    language: 'de',
    reads: ['de', 'en'],
    signOff: '^MT',
    function: 'runs the agency',
  },
  {
    key: 'ruben',
    name: 'Ruben Hoekstra',
    email: 'ruben.hoekstra@klinkerlaut.example.org',
    language: 'nl',
    reads: ['nl', 'de', 'en'],
    signOff: '^RH',
    function: 'leads the care desk',
  },
  {
    key: 'sahra',
    name: 'Sahra Demirel',
    email: 'sahra.demirel@klinkerlaut.example.org',
    language: 'de',
    reads: ['de', 'en'],
    signOff: '^SD',
    function: 'agent, early shift',
  },
  {
    key: 'jonas',
    name: 'Jonas Petri',
    email: 'jonas.petri@klinkerlaut.example.org',
    language: 'de',
    reads: ['de'],
    signOff: '^JP',
    function: 'agent, late shift',
  },
  {
    key: 'fenna',
    name: 'Fenna de Wit',
    email: 'fenna.dewit@klinkerlaut.example.org',
    language: 'nl',
    reads: ['nl', 'en', 'de'],
    signOff: '^FW',
    function: 'agent for the outdoor clients',
  },
  {
    key: 'milan',
    name: 'Milan Kovač',
    email: 'milan.kovac@klinkerlaut.example.org',
    language: 'en',
    reads: ['en', 'de'],
    signOff: '^MK',
    function: 'technical administrator',
  },
  {
    key: 'clara',
    name: 'Clara Obermüller',
    email: 'clara.obermueller@klinkerlaut.example.org',
    language: 'de',
    reads: ['de'],
    signOff: null,
    function: 'works council: looks after what the software knows about colleagues',
  },
  {
    key: 'henrik',
    name: 'Henrik Falkenrath',
    email: 'henrik.falkenrath@klinkerlaut.example.org',
    language: 'de',
    reads: ['de', 'en'],
    signOff: null,
    function: 'data protection officer',
  },
]
