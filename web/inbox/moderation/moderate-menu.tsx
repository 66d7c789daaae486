import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBan,
  IconEyeOff,
  IconFlag,
  IconHeart,
  IconShield,
  IconTrash,
  IconVolumeOff,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, useContext, useState } from 'react'
import { MODERATED_AT_ONCE_MAX, type ModeratingAction } from '../../../contract/moderation-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import type { ThreadPost } from '../shapes.ts'
import { ModerateDialog } from './moderate-dialog.tsx'
import { PostsShown } from './posts-shown.ts'
import { ACTIONS_SHOWN } from './reasons.ts'
import { useModeration } from './use-moderation.ts'

const ICONS: Record<ModeratingAction, ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>> = {
  like: IconHeart,
  hide: IconEyeOff,
  mute: IconVolumeOff,
  block: IconBan,
  report: IconFlag,
  delete: IconTrash,
}
/** Nothing that one would look for here: they are not offered. */
const NOT_OFFERED = ['not-ours', 'ours', 'not-found']

/** What stands of a post, and what can be done with it or with whoever wrote it. */
export function ModerateMenu({ post }: { post: ThreadPost }) {
  const t = useTexts('inbox')
  const api = useApi()
  const { slug } = useWorkspace()
  const mayModerate = useMay('posts.moderate')
  const { act, undo } = useModeration()
  const [asked, setAsked] = useState<ModeratingAction | null>(null)
  const shown = useContext(PostsShown)
  const postIds = shown.includes(post.postId) ? shown.slice(-MODERATED_AT_ONCE_MAX) : [post.postId]
  const input = { postIds: [...postIds] }
  const { data } = useQuery(api.inbox.moderation.ofPosts.queryOptions({ input, staleTime: 30_000 }))
  const own = data?.items.find(({ postId }) => postId === post.postId)
  const standing = own?.standing ?? []
  const possible = ACTIONS_SHOWN.flatMap((action) => own?.possible.find((one) => one.action === action) ?? []).filter(
    ({ because }) => because !== 'already' && !(because && NOT_OFFERED.includes(because)),
  )
  const begin = (action: ModeratingAction) =>
    action === 'like'
      ? void act({ action, targets: { postIds: [post.postId] }, reason: 'thanks', note: '' })
      : setAsked(action)
  const takeBack = standing.filter(({ undoable }) => undoable)
  return (
    <>
      {standing.map((one) => (
        <Tag key={one.moderationId} tone={one.state === 'done' ? 'neutral' : 'accent'}>
          {t(one.state === 'done' ? `moderation.stands.${one.action}` : `moderation.onItsWay.${one.action}`)}
        </Tag>
      ))}
      {mayModerate && (possible.length > 0 || takeBack.length > 0) && (
        <Menu position="bottom-end" width={280}>
          <Menu.Target>
            <Tooltip label={t('moderation.title')}>
              <ActionIcon size={24} aria-label={t('moderation.title')}>
                <IconShield size={14} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {possible.map(({ action, because }) => {
              const Icon = ICONS[action]
              return (
                <Menu.Item
                  key={action}
                  leftSection={<Icon size={14} aria-hidden />}
                  disabled={because !== null}
                  onClick={() => begin(action)}
                >
                  {t(`moderation.do.${action}`)}
                  {because && <small> – {t(`moderation.because.${because}`)}</small>}
                </Menu.Item>
              )
            })}
            {takeBack.length > 0 && <Menu.Divider />}
            {takeBack.map(({ moderationId, action }) => (
              <Menu.Item
                key={moderationId}
                leftSection={<IconArrowBackUp size={14} aria-hidden />}
                onClick={() => void undo([moderationId])}
              >
                {t(`moderation.undo.${action}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item renderRoot={(props) => <Link to="/w/$slug/moderation" params={{ slug }} {...props} />}>
              {t('moderation.log')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && (
        <ModerateDialog
          actions={[asked]}
          targets={{ postIds: [post.postId] }}
          count={1}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
