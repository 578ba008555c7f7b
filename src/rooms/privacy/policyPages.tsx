import { difference, type Change, type Clause } from '../../policy/index.ts'
import { Link, Page, Part } from '../../web/index.ts'
import type { PrivacyContext } from './context.ts'
import type { Version } from './queries.ts'
import { en } from './words.ts'

/** The privacy policy, clause by clause, as the program enforces it. */
export function PolicyPage({ ctx, all, shown }: { ctx: PrivacyContext; all: readonly Version[]; shown: Version }) {
  const before = all.find((version) => version.version === shown.version - 1)
  const newest = all[0]?.version === shown.version
  return (
    <Page
      web={ctx.web}
      title={newest ? en.privacyTitle : en.versionTitle(shown.version)}
      nav="privacy"
      description={en.privacyLede}
    >
      <div class="stack">
        <h1>{newest ? en.privacyTitle : en.versionTitle(shown.version)}</h1>
        <p class="lede">{en.privacyLede}</p>
        <p class="small muted">
          {en.version(shown.version, ctx.web.dates.day(shown.publishedAt))}{' '}
          {before ? <a href="#changes">{en.changes(before.version)}</a> : en.firstVersion}
        </p>
      </div>
      <nav aria-label={en.contents}>
        <ol class="clause-list">
          {shown.clauses.map((clause) => (
            <li>
              <a href={`#${clause.anchor}`}>{clause.title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {shown.clauses.map((clause) => (
        <ClauseText clause={clause} />
      ))}
      {before ? <Changes before={before.version} changes={difference(before.clauses, shown.clauses)} /> : null}
      <AllVersions ctx={ctx} all={all} />
    </Page>
  )
}

function ClauseText({ clause }: { clause: Clause }) {
  return (
    <section class="stack g3 clause" id={clause.anchor} aria-labelledby={`c-${clause.anchor}`}>
      <h2 id={`c-${clause.anchor}`}>
        <span class="stamp">§{clause.number}</span> {clause.title}
      </h2>
      {clause.sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </section>
  )
}

function Changes({ before, changes }: { before: number; changes: readonly Change[] }) {
  return (
    <Part id="changes" title={en.changes(before)}>
      {changes.map((change) => (
        <div class="stack g2">
          <h3>{change.title}</h3>
          {change.was.map((sentence) => (
            <p>
              <del>
                {en.was}: {sentence}
              </del>
            </p>
          ))}
          {change.is.map((sentence) => (
            <p>
              <ins>
                {en.is}: {sentence}
              </ins>
            </p>
          ))}
        </div>
      ))}
    </Part>
  )
}

function AllVersions({ ctx, all }: { ctx: PrivacyContext; all: readonly Version[] }) {
  return (
    <Part id="versions" title={en.allVersions}>
      <ul>
        {all.map((version) => (
          <li>
            <Link href={`/privacy/versions/${version.version}`}>
              {en.version(version.version, ctx.web.dates.day(version.publishedAt))}
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}
