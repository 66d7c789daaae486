import type { WebModule } from '../platform/module.ts'
import type { MyWorkspace } from '../platform/session.ts'

/** From one workspace to another one stays at the same place of the rail, where that may be seen there. */
export function samePlace(
  modules: WebModule[],
  pathname: string,
  { slug, permissions }: Pick<MyWorkspace, 'slug' | 'permissions'>,
): string {
  const here = pathname.split('/')[3]
  const place = modules
    .flatMap(({ rail = [] }) => rail)
    .find(({ path, permission }) => path === here && permissions.includes(permission))
  return place ? `/w/${slug}/${place.path}` : `/w/${slug}`
}
