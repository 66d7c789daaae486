import { z } from 'zod'
import { name } from './accounts-fields.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

/** What may be worked out about one member, under an agreement that says so. Computed by measurement/staff. */
export const STAFF_FIGURES = ['answers', 'answer-time', 'closures'] as const
export type StaffFigure = (typeof STAFF_FIGURES)[number]
/** What an agreement can allow: these, and how soon and how often the whole desk answers, however few it is. */
export const AGREED_FIGURES = [...STAFF_FIGURES, 'desk-response'] as const
export type AgreedFigure = (typeof AGREED_FIGURES)[number]
export const AGREEMENT_STATES = ['awaiting-release', 'not-yet', 'valid', 'expired', 'ended'] as const
export const AGREEMENT_YEARS_MAX = 2
export const AGREEMENT_DOCUMENT_BYTES_MAX = 10 * 1024 * 1024

const day = z.iso.date()
const figures = z.array(z.enum(AGREED_FIGURES)).min(1).max(AGREED_FIGURES.length)
export const analysisReason = z.string().trim().min(10, 'a sentence').max(500)

const agreementSchema = z.object({
  agreementId: id,
  title: z.string(),
  purpose: z.string(),
  figures,
  teamId: id.nullable().describe('Whose work it covers; null: everybody’s'),
  validFrom: day,
  expiresOn: day.describe('The last day'),
  state: z.enum(AGREEMENT_STATES),
  document: z.object({ documentId: id, name: z.string(), hash: z.string().describe('SHA-256 of the file, in hex') }),
  recordedBy: id,
  recordedAt: z.date(),
  releasedBy: id.nullable(),
  releasedAt: z.date().nullable(),
  endedBy: id.nullable(),
  endedAt: z.date().nullable(),
})

export const analysisSchema = z.object({
  analysisId: id,
  agreementId: id,
  agreement: z.string().describe('Its title'),
  memberId: id.describe('Whom it was about'),
  analysedBy: id,
  figures: z.array(z.enum(STAFF_FIGURES)),
  from: day,
  until: day,
  reason: z.string(),
  analysedAt: z.date(),
})

/**
 * Staff protection: figures about one member exist under an agreement alone, which the works council released. What came out is
 * kept nowhere; that it was asked is, and the member concerned sees it.
 */
export const agreements = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/staff-agreements',
    summary: 'What was agreed about figures of single members. Everybody whom it is about may read it.',
    input: nothing,
    output: z.object({ items: z.array(agreementSchema) }),
  }),
  record: procedure({
    allow: 'staff.analyse',
    method: 'POST',
    path: '/staff-agreements',
    summary:
      'Records an agreement with its document (POST /files/staff-documents). It holds when the council releases it. `desk-response` is about the whole desk: Invalid `agreement-whole-desk` with a team.',
    input: z.object({
      title: name,
      purpose: z.string().trim().min(10, 'a sentence').max(2_000),
      figures,
      teamId: id.nullable().default(null),
      validFrom: day,
      expiresOn: day.describe(`At most ${AGREEMENT_YEARS_MAX} years later`),
      documentId: id,
    }),
    output: z.object({ agreementId: id }),
  }),
  release: procedure({
    allow: 'staff.council',
    method: 'POST',
    path: '/staff-agreements/{agreementId}/release',
    summary:
      'The council’s release. Forbidden `council-alone` for whoever could analyse or manage members themselves: the two are never one.',
    input: z.object({
      agreementId: id,
      hash: z.string().min(1).max(64).describe('Of the document that was read'),
    }),
    output: nothing,
  }),
  end: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/staff-agreements/{agreementId}/end',
    summary: 'Ends an agreement at once: the council, or whoever may analyse',
    input: z.object({ agreementId: id }),
    output: nothing,
  }),
  analyses: procedure({
    allow: 'staff.council',
    method: 'GET',
    path: '/staff-analyses',
    summary: 'Every use of an agreement, newest first',
    input: page,
    output: pageOf(analysisSchema),
  }),
  aboutMe: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/members/me/staff-analyses',
    summary: 'Every use of an agreement that was about oneself, newest first',
    input: page,
    output: pageOf(analysisSchema),
  }),
}
