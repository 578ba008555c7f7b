-- The sentences that people said yes to, each once, by their hash. They are the vendor's own words and name nobody.
create table news_wording (
  hash bytea primary key check (octet_length(hash) = 32),
  words text not null,
  first_at timestamptz not null
);

-- Who said yes to news, on which channel, to which words, under which notice. Pending ones are gone after a week.
create table news_consent (
  person_id uuid not null,
  channel text not null check (channel in ('mail', 'post', 'telephone')),
  state text not null check (state in ('pending', 'live', 'ended')),
  source text not null check (source in ('form', 'order', 'import')),
  notice integer not null,
  wording_hash bytea not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  primary key (person_id, channel)
);
create index news_consent_live on news_consent (channel, person_id) where state = 'live';
create index news_consent_pending on news_consent (asked_at) where state = 'pending';

-- A message to many: the vendor's own words, the same for all but for a name.
create table campaign (
  campaign_id uuid primary key,
  code text not null unique,
  channel text not null check (channel in ('mail', 'post', 'telephone')),
  state text not null check (state in ('draft', 'drawing', 'sending', 'paused', 'done')),
  heading text not null,
  words text not null,
  only_product text,
  only_in text,
  round integer not null default 0,
  made_at timestamptz not null,
  made_by uuid not null,
  started_at timestamptz,
  ended_at timestamptz
);

-- For whom a campaign was meant when it was started. What became of each stands in the contact ledger.
create table campaign_recipient (
  campaign_id uuid not null,
  person_id uuid not null,
  recipient_id uuid not null,
  asked_at timestamptz,
  tries integer not null default 0,
  next_at timestamptz,
  ended_at timestamptz,
  primary key (campaign_id, person_id)
);
create index campaign_recipient_person on campaign_recipient (person_id);
create index campaign_recipient_open on campaign_recipient (campaign_id, person_id) where asked_at is null and ended_at is null;

-- What came back, counted and tied to nobody: answers, orders with the code, and those who said no by its link.
create table campaign_mark (
  campaign_id uuid not null,
  kind text not null check (kind in ('reply', 'order', 'no')),
  ref text not null,
  at timestamptz not null,
  primary key (campaign_id, kind, ref)
);
