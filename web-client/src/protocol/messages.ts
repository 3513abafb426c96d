// Written by the server's tests from its message records (docs/protocol.md). Do not edit:
// mvn -pl signaling -am test -Dtest=ProtocolDocumentTest -Dgolden.update

export const SUBPROTOCOL = 'maplebridge.v1'

/** The relay's own `sdp-…` codes come beside these. */
export type RefusalCode =
  | 'malformed'
  | 'unknown-type'
  | 'too-large'
  | 'too-many'
  | 'not-allowed'
  | 'not-visible'
  | 'not-a-member'
  | 'not-live'
  | 'offline'
  | 'no-media'
  | 'no-slot'
  | 'busy'
  | 'overloaded'
  | 'not-ringing'
  | 'order-conflict'
  | 'id-conflict'
  | 'step-not-allowed'
  | 'reason-required'
  | 'nothing-said'
  | 'record-unavailable'
  | 'internal'

export const CLOSE = {
  GOING_AWAY: 1001,
  SLOW_READER: 1013,
  PROTOCOL_BREACH: 4400,
  TOKEN_ENDED: 4401,
  NO_SIGN_OF_LIFE: 4408,
  TAKEN_OVER: 4409,
  MESSAGE_TOO_LARGE: 4413,
  TOO_MANY_MESSAGES: 4429,
} as const

export interface Hello {
  type: 'hello'
  id?: string
  device: Device
  locale?: string
  resume?: string
  lastSeq?: number
}

export interface Ping {
  type: 'ping'
  id?: string
  seq: number
}

export interface StatsReport {
  type: 'stats.report'
  id?: string
  legs: MediaReport
}

export interface MediaOffer {
  type: 'media.offer'
  id?: string
  sdp: string
  sections: Section[]
}

export interface MediaTrickle {
  type: 'media.trickle'
  id?: string
  fragment: string
}

export interface MediaClose {
  type: 'media.close'
  id?: string
}

export interface LiveStart {
  type: 'live.start'
  id?: string
  camera: Camera
  muted: boolean
  ask?: string
}

export interface LiveUpdate {
  type: 'live.update'
  id?: string
  camera: Camera
  muted: boolean
}

export interface LiveStop {
  type: 'live.stop'
  id?: string
}

export interface LiveAsk {
  type: 'live.ask'
  id?: string
  ask: string
  unit: string
  pull: boolean
}

export interface LiveDecline {
  type: 'live.decline'
  id?: string
  ask: string
  reason?: string
}

export interface WatchStart {
  type: 'watch.start'
  id?: string
  tile: number
  unit: string
}

export interface WatchStop {
  type: 'watch.stop'
  id?: string
  tile: number
}

export interface WatchSize {
  type: 'watch.size'
  id?: string
  tile: number
  width: number
}

export interface CallOpen {
  type: 'call.open'
  id?: string
  unit: string
  floor?: boolean
  answer?: Answering
  incident?: string
}

export interface CallAnswer {
  type: 'call.answer'
  id?: string
  call: string
}

export interface CallDecline {
  type: 'call.decline'
  id?: string
  call: string
  reason?: string
}

export interface CallClose {
  type: 'call.close'
  id?: string
  call: string
}

export interface CallMode {
  type: 'call.mode'
  id?: string
  answer: Answering
}

export interface CallBroadcast {
  type: 'call.broadcast'
  id?: string
  broadcast: string
  group: string
}

export interface CallTier {
  type: 'call.tier'
  id?: string
  call: string
  tier: Severity
}

export interface CallbackAsk {
  type: 'callback.ask'
  id?: string
  callback: string
  unit: string
  note?: string
}

export interface CallbackDone {
  type: 'callback.done'
  id?: string
  callback: string
}

export interface AmbientStart {
  type: 'ambient.start'
  id?: string
  ambient: string
  unit: string
  picture: boolean
}

export interface AmbientStop {
  type: 'ambient.stop'
  id?: string
  ambient: string
}

export interface AmbientReport {
  type: 'ambient.report'
  id?: string
  ambient: string
  on: boolean
  reason?: string
}

export interface AlertRaise {
  type: 'alert.raise'
  id?: string
  alert: string
  tier: Severity
  group?: string
  position?: Place
}

export interface AlertCancel {
  type: 'alert.cancel'
  id?: string
  alert: string
  reason?: string
}

export interface PositionReport {
  type: 'position.report'
  id?: string
  place: Place
  accuracyMetres?: number
  at: string
}

export interface BurstHeard {
  type: 'burst.heard'
  id?: string
  bursts: string[]
}

export interface GroupAffiliate {
  type: 'group.affiliate'
  id?: string
  group: string
  unit?: string
}

export interface GroupLeave {
  type: 'group.leave'
  id?: string
  group: string
  unit?: string
}

export interface GroupMake {
  type: 'group.make'
  id?: string
  group: string
  name: string
  units: string[]
  area?: Place[]
  incident?: string
}

export interface GroupClose {
  type: 'group.close'
  id?: string
  group: string
}

export interface GroupPatch {
  type: 'group.patch'
  id?: string
  patch: string
  groups: string[]
}

export interface GroupUnpatch {
  type: 'group.unpatch'
  id?: string
  patch: string
}

export interface FloorRequest {
  type: 'floor.request'
  id?: string
  call: string
  priority?: number
  override?: boolean
  tier?: Severity
  order?: SpokenOrder
}

export interface FloorRelease {
  type: 'floor.release'
  id?: string
  call: string
}

export interface OrderPlace {
  type: 'order.place'
  id?: string
  order: string
  units: string[]
  group?: string
  text: string
  severity: Severity
  incident?: string
}

export interface OrderReport {
  type: 'order.report'
  id?: string
  order: string
  step: ReportedStep
  reason?: string
  at: string
}

export interface SetUnitStatus {
  type: 'unit.status'
  id?: string
  status: Status
}

export interface MediationIdentify {
  type: 'mediation.identify'
  id?: string
  name: string
  document: string
}

export interface MediationConsent {
  type: 'mediation.consent'
  id?: string
  subject: ConsentTo
  text: string
  given: boolean
}

export interface MediationMove {
  type: 'mediation.move'
  id?: string
  people: string[]
  room: string
}

export interface MediationKnock {
  type: 'mediation.knock'
  id?: string
  party: string
}

export interface MediationAnswer {
  type: 'mediation.answer'
  id?: string
  admit: boolean
}

export interface MediationLock {
  type: 'mediation.lock'
  id?: string
  on: boolean
}

export interface MediationRecord {
  type: 'mediation.record'
  id?: string
  on: boolean
}

export interface MediationRecordAnswer {
  type: 'mediation.recordAnswer'
  id?: string
  agree: boolean
}

export interface MediationDraft {
  type: 'mediation.draft'
  id?: string
  kind: TextKind
}

export interface MediationWrite {
  type: 'mediation.write'
  id?: string
  kind: TextKind
  seen: number
  body: string
}

export interface MediationReadBack {
  type: 'mediation.readBack'
  id?: string
  kind: TextKind
  number: number
}

export interface MediationSign {
  type: 'mediation.sign'
  id?: string
  kind: TextKind
  hash: string
  drawn: string
}

export interface MediationEnd {
  type: 'mediation.end'
  id?: string
  outcome: MediationOutcome
}

export interface MediationPictures {
  type: 'mediation.pictures'
  id?: string
  on: boolean
}

export interface ExhibitShow {
  type: 'exhibit.show'
  id?: string
  evidence: string
  to: string
}

export interface ExhibitMark {
  type: 'exhibit.mark'
  id?: string
  evidence: string
  shape: MarkShape
  points: string
}

export interface ExhibitClear {
  type: 'exhibit.clear'
  id?: string
  evidence: string
}

export interface ExhibitRemove {
  type: 'exhibit.remove'
  id?: string
  evidence: string
}

export interface ExpertRing {
  type: 'expert.ring'
  id?: string
  account: string
}

export interface ExpertAnswer {
  type: 'expert.answer'
  id?: string
  ring: string
  accept: boolean
}

export interface TelephoneDial {
  type: 'telephone.dial'
  id?: string
  person: string
}

export interface TelephoneHangUp {
  type: 'telephone.hangUp'
  id?: string
  person: string
}

export interface TelephoneMute {
  type: 'telephone.mute'
  id?: string
  person: string
  on: boolean
}

export interface Ok {
  type: 'ok'
  seq: number
  re: string
}

export interface Refused {
  type: 'refused'
  seq: number
  re?: string
  code: string
  detail: string
  params?: Record<string, string>
}

export interface Pong {
  type: 'pong'
  seq: number
}

export interface Welcome {
  type: 'welcome'
  seq: number
  session: string
  resume: string
  resumed: boolean
  moved?: boolean
  heartbeatSeconds: number
  node: string
  nodes: ServerNode[]
  user: User
  iceServers: IceServer[]
  limits: Limits
}

export interface Snapshot {
  type: 'snapshot'
  seq: number
  nodes: Node[]
  units: Unit[]
  groups: Group[]
  orders: Order[]
  lives: UnitLive[]
  shown: Shown[]
  watching: Watching[]
  calls: Call[]
  callbacks: Callback[]
  alerts: Alert[]
  positions: UnitPosition[]
  missed: Burst[]
}

export interface SessionEnding {
  type: 'session.ending'
  seq: number
  code: number
  detail: string
}

export interface NodesChanged {
  type: 'nodes.changed'
  seq: number
  nodes: ServerNode[]
}

export interface SessionMove {
  type: 'session.move'
  seq: number
  nodes: ServerNode[]
}

export interface MediaAnswer {
  type: 'media.answer'
  seq: number
  re?: string
  sdp: string
}

export interface MediaState {
  type: 'media.state'
  seq: number
  state: State
  cause?: string
}

export interface VoiceSlot {
  type: 'voice.slot'
  seq: number
  mid: string
  call?: string
}

export interface MediaLayers {
  type: 'media.layers'
  seq: number
  rids: string[]
}

export interface MediaPicture {
  type: 'media.picture'
  seq: number
  tile: number
  layer: number
  layers: number
  paused: boolean
}

export interface UnitChanged {
  type: 'unit.changed'
  seq: number
  unit: Unit
}

export interface LiveChanged {
  type: 'live.changed'
  seq: number
  unit: string
  live?: Live
  watchers: Watcher[]
}

export interface LiveAsked {
  type: 'live.asked'
  seq: number
  ask: string
  by: string
  pull: boolean
}

export interface LiveAnswered {
  type: 'live.answered'
  seq: number
  ask: string
  unit: string
  outcome: Outcome
  reason?: string
}

export interface WatchChanged {
  type: 'watch.changed'
  seq: number
  tile: number
  unit: string
  state: TileState
  reason?: string
}

export interface WatchQuality {
  type: 'watch.quality'
  seq: number
  tile: number
  camera: CameraHealth
  uplink: Uplink
  server: ServerHealth
  downlink: Downlink
}

export interface CallRinging {
  type: 'call.ringing'
  seq: number
  re?: string
  call: string
  unit: string
  name: string
  by: string
  oneAtATime: boolean
  incoming: boolean
}

export interface CallOpened {
  type: 'call.opened'
  seq: number
  re?: string
  call: string
  unit: string
  name: string
  by: string
  oneAtATime: boolean
  incoming: boolean
}

export interface CallClosed {
  type: 'call.closed'
  seq: number
  call: string
  by?: string
  cause: Cause
}

export interface CallbackChanged {
  type: 'callback.changed'
  seq: number
  callback: Callback
  open: boolean
}

export interface AmbientAsked {
  type: 'ambient.asked'
  seq: number
  ambient: string
  by?: string
  picture: boolean
  notice: boolean
}

export interface AmbientEnded {
  type: 'ambient.ended'
  seq: number
  ambient: string
}

export interface AmbientChanged {
  type: 'ambient.changed'
  seq: number
  ambient: string
  unit: string
  state: AmbientState
  notice: boolean
  reason?: string
}

export interface AlertChanged {
  type: 'alert.changed'
  seq: number
  alert: Alert
}

export interface PositionsChanged {
  type: 'positions.changed'
  seq: number
  positions: UnitPosition[]
}

export interface BurstEnded {
  type: 'burst.ended'
  seq: number
  burst: Burst
}

export interface GroupChanged {
  type: 'group.changed'
  seq: number
  group: Group
}

export interface GroupClosed {
  type: 'group.closed'
  seq: number
  group: string
}

export interface FloorGranted {
  type: 'floor.granted'
  seq: number
  call: string
  durationMs: number
  priority: number
  tier: Severity
}

export interface FloorDenied {
  type: 'floor.denied'
  seq: number
  call: string
  cause: number
  talker?: string
}

export interface FloorTaken {
  type: 'floor.taken'
  seq: number
  call: string
  talker: Talker
  mayRequest: boolean
  tier: Severity
  since: string
}

export interface FloorIdle {
  type: 'floor.idle'
  seq: number
  call: string
}

export interface FloorRevoked {
  type: 'floor.revoked'
  seq: number
  call: string
  cause: number
}

export interface FloorQueued {
  type: 'floor.queued'
  seq: number
  call: string
  position: number
  size: number
}

export interface FloorTier {
  type: 'floor.tier'
  seq: number
  call: string
  tier: Severity
  by?: string
}

export interface FloorUnheard {
  type: 'floor.unheard'
  seq: number
  call: string
  reason: string
}

export interface OrderChanged {
  type: 'order.changed'
  seq: number
  order: Order
}

export interface IncidentChanged {
  type: 'incident.changed'
  seq: number
  id: string
  number: string
  title: string
  severity: Severity
  state: IncidentState
  node: string
  place: string
  point?: Point
  step: string
  stepDue?: string
  overdue: boolean
  version: number
  openedAt: string
}

export interface LiveShown {
  type: 'live.shown'
  seq: number
  shown: Shown
}

export interface LiveHidden {
  type: 'live.hidden'
  seq: number
  id: string
  unit: string
  cause: HiddenWhy
}

export interface MediationState {
  type: 'mediation.state'
  seq: number
  id: string
  title: string
  consultation: boolean
  me: string
  role: TableRole
  room: string
  locked: boolean
  knock?: string
  people: TablePerson[]
  tiles: TableTile[]
  recorded: boolean
  ask?: TableAsk
  troubles: TableTrouble[]
  texts: TableText[]
  consentTexts: string
  outcome?: MediationOutcome
  code?: string
}

export interface MediationDrafted {
  type: 'mediation.drafted'
  seq: number
  re?: string
  kind: TextKind
  body: string
}

export interface ExhibitsShown {
  type: 'exhibit.shown'
  seq: number
  exhibits: TableExhibit[]
}

export interface ExpertRung {
  type: 'expert.rung'
  seq: number
  ring: string
  title: string
  by: string
  consultation: boolean
}

export interface ExpertOver {
  type: 'expert.over'
  seq: number
  ring: string
}

export interface ExpertInvited {
  type: 'expert.invited'
  seq: number
  re?: string
  path: string
}

export interface ExpertState {
  type: 'expert.state'
  seq: number
  account: string
  name: string
  state: RingState
}

export interface ConsultationState {
  type: 'consultation.state'
  seq: number
  consultation: Consultation
}

export interface ConsultationDue {
  type: 'consultation.due'
  seq: number
  preset: string
  town: string
  name: string
}

export type Device = 'console' | 'terminal'

export interface MediaReport {
  rttMs?: number
  lossPercent?: number
  kbpsUp?: number
  kbpsDown?: number
  freezes?: number
}

export interface Section {
  mid: string
  use: Use
  tile?: number
}

export type Camera = 'front' | 'back' | 'screen' | 'external'

export type Answering = 'auto' | 'manual' | 'forced'

export type Severity = 'red' | 'orange' | 'yellow'

export interface Place {
  latitude: number
  longitude: number
}

export interface SpokenOrder {
  order: string
  severity: Severity
}

export type ReportedStep = 'delivered' | 'read' | 'accepted' | 'refused' | 'enRoute' | 'arrived' | 'done'

export type Status = 'available' | 'busy' | 'break'

export type ConsentTo = 'confidentiality' | 'recording'

export type TextKind = 'minutes' | 'agreement' | 'noAgreement'

export type MediationOutcome = 'agreed' | 'notAgreed' | 'cancelled' | 'held'

export type MarkShape = 'point' | 'box' | 'line'

export interface ServerNode {
  name: string
  url: string
  state: ServerState
  load: number
}

export interface User {
  id: string
  name: string
  role: string
  unit?: string
  seat?: string
  locale: string
  rights: string[]
}

export interface IceServer {
  urls: string[]
  username?: string
  credential?: string
}

export interface Limits {
  orderChars: number
  tiles: number
  voiceSlots: number
  layers: CameraLayers
}

export interface Node {
  id: string
  name: string
  kind: string
  parent?: string
}

export interface Unit {
  id: string
  name: string
  kind: Kind
  node: string
  status: Status
  online: boolean
  since: string
  people: string[]
}

export interface Group {
  id: string
  name: string
  kind: string
  node: string
  members: string[]
  affiliated: boolean
  tier: Severity
  incident?: string
  patch?: Patch
  broadcast?: Broadcast
  floor?: Floor
}

export interface Order {
  id: string
  number: number
  text: string
  severity: Severity
  placedAt: string
  placedBy: PlacedBy
  group?: string
  incident?: string
  to?: Destination
  burst?: string
  assignees: Assignee[]
}

export interface UnitLive {
  unit: string
  live: Live
  watchers: Watcher[]
}

export interface Shown {
  id: string
  incident: string
  number: string
  title: string
  unit: string
  name: string
  kind: Kind
  room: string
  by: string
  reason: string
  since: string
}

export interface Watching {
  tile: number
  unit: string
  state: TileState
}

export interface Call {
  call: string
  unit: string
  name: string
  by: string
  oneAtATime: boolean
  ringing: boolean
  incoming: boolean
  floor?: Floor
}

export interface Callback {
  id: string
  unit: string
  name: string
  by: string
  note?: string
  at: string
}

export interface Alert {
  id: string
  unit: string
  name: string
  by: string
  tier: Severity
  group?: string
  phase: Phase
  raisedAt: string
  activeAt: string
  position?: Point
  endedBy?: string
  reason?: string
}

export interface UnitPosition {
  unit: string
  latitude: number
  longitude: number
  accuracyMetres?: number
  at: string
}

export interface Burst {
  id: string
  call: string
  talker: Talker
  at: string
  durationMs: number
  heard: boolean
  audio: boolean
  order?: string
}

export type State = 'connected' | 'lost'

export interface Live {
  since: string
  camera: Camera
  muted: boolean
  pulledBy?: string
}

export interface Watcher {
  name: string
  since: string
}

export type Outcome = 'started' | 'declined' | 'offline' | 'timeout'

export type TileState = 'waiting' | 'live' | 'ended' | 'stopped'

export type CameraHealth = 'ok' | 'silent' | 'off'

export interface Uplink {
  lossPercent: number
  rttMs?: number
  kbps: number
  silentMs?: number
}

export type ServerHealth = 'ok' | 'overloaded'

export interface Downlink {
  lossPercent: number
  rttMs?: number
}

export type Cause = 'hungUp' | 'declined' | 'noAnswer' | 'answeredElsewhere' | 'lost'

export type AmbientState = 'asked' | 'on' | 'ended'

export interface Talker {
  user: string
  name: string
  unit?: string
}

export type IncidentState = 'received' | 'transferred' | 'handling' | 'feedback' | 'review' | 'supervised' | 'closed'

export interface Point {
  latitude: number
  longitude: number
}

export type HiddenWhy = 'stream' | 'takenBack' | 'incident'

export type TableRole = 'mediator' | 'clerk' | 'party' | 'agent' | 'expert' | 'interpreter' | 'observer' | 'member'

export interface TablePerson {
  id: string
  name: string
  role: TableRole
  side?: string
  present: boolean
  together: boolean
  room?: string
  bound: boolean
  recording?: boolean
  identified: boolean
  identity?: string
  phone?: TablePhone
}

export interface TableTile {
  tile: number
  person: string
}

export interface TableAsk {
  by: string
  agreed: boolean
}

export interface TableTrouble {
  person: string
  cause: string
}

export interface TableText {
  kind: TextKind
  number: number
  body: string
  hash: string
  readBack?: string
  signedBy: string[]
}

export interface TableExhibit {
  evidence: string
  kind: ExhibitKind
  title: string
  by: string
  to: string
  mine: boolean
  href: string
  marks: TableMark[]
}

export type RingState = 'ringing' | 'accepted' | 'declined' | 'noAnswer'

export interface Consultation {
  id: string
  preset: string
  town: string
  title: string
  incident?: string
  by: string
  calledAt: string
  endedAt?: string
  members: ConsultationMember[]
}

export type Use = 'mic' | 'camera' | 'voice' | 'picture' | 'sound'

export type ServerState = 'up' | 'draining'

export type CameraLayers = 'none' | 'simulcast' | 'vp9' | 'av1'

export type Kind = 'car' | 'handheld' | 'room' | 'policeRoom' | 'agency' | 'station' | 'mediator' | 'centre' | 'camera'

export interface Patch {
  id: string
  groups: string[]
  by: string
}

export interface Broadcast {
  id: string
  by: string
}

export interface Floor {
  talker: Talker
  mayRequest: boolean
  tier: Severity
  since: string
}

export interface PlacedBy {
  user: string
  name: string
  node: string
}

export interface Destination {
  place: string
  point?: Point
}

export interface Assignee {
  unit: string
  name: string
  step: Step
  at: string
  reason?: string
  history: StepTaken[]
}

export type Phase = 'pending' | 'active' | 'cancelled' | 'closed'

export interface TablePhone {
  here: boolean
  muted: boolean
  callable: boolean
  call?: TableCall
}

export type ExhibitKind = 'picture' | 'video' | 'document'

export interface TableMark {
  by: string
  shape: MarkShape
  points: string
}

export interface ConsultationMember {
  person: string
  account: string
  name: string
  state: MemberState
}

export type Step = 'placed' | 'delivered' | 'read' | 'accepted' | 'refused' | 'enRoute' | 'arrived' | 'done'

export interface StepTaken {
  step: Step
  at: string
  reason?: string
}

export type TableCall = 'dialling' | 'ringing' | 'notice' | 'seated' | 'busy' | 'noAnswer' | 'failed' | 'gaveUp' | 'refused' | 'hungUp' | 'ended' | 'lost' | 'moved'

export type MemberState = 'ringing' | 'accepted' | 'here' | 'declined' | 'noAnswer' | 'absent' | 'busy' | 'away'

export type ClientMessage =
  | Hello
  | Ping
  | StatsReport
  | MediaOffer
  | MediaTrickle
  | MediaClose
  | LiveStart
  | LiveUpdate
  | LiveStop
  | LiveAsk
  | LiveDecline
  | WatchStart
  | WatchStop
  | WatchSize
  | CallOpen
  | CallAnswer
  | CallDecline
  | CallClose
  | CallMode
  | CallBroadcast
  | CallTier
  | CallbackAsk
  | CallbackDone
  | AmbientStart
  | AmbientStop
  | AmbientReport
  | AlertRaise
  | AlertCancel
  | PositionReport
  | BurstHeard
  | GroupAffiliate
  | GroupLeave
  | GroupMake
  | GroupClose
  | GroupPatch
  | GroupUnpatch
  | FloorRequest
  | FloorRelease
  | OrderPlace
  | OrderReport
  | SetUnitStatus
  | MediationIdentify
  | MediationConsent
  | MediationMove
  | MediationKnock
  | MediationAnswer
  | MediationLock
  | MediationRecord
  | MediationRecordAnswer
  | MediationDraft
  | MediationWrite
  | MediationReadBack
  | MediationSign
  | MediationEnd
  | MediationPictures
  | ExhibitShow
  | ExhibitMark
  | ExhibitClear
  | ExhibitRemove
  | ExpertRing
  | ExpertAnswer
  | TelephoneDial
  | TelephoneHangUp
  | TelephoneMute

export type ServerMessage =
  | Ok
  | Refused
  | Pong
  | Welcome
  | Snapshot
  | SessionEnding
  | NodesChanged
  | SessionMove
  | MediaAnswer
  | MediaState
  | VoiceSlot
  | MediaLayers
  | MediaPicture
  | UnitChanged
  | LiveChanged
  | LiveAsked
  | LiveAnswered
  | WatchChanged
  | WatchQuality
  | CallRinging
  | CallOpened
  | CallClosed
  | CallbackChanged
  | AmbientAsked
  | AmbientEnded
  | AmbientChanged
  | AlertChanged
  | PositionsChanged
  | BurstEnded
  | GroupChanged
  | GroupClosed
  | FloorGranted
  | FloorDenied
  | FloorTaken
  | FloorIdle
  | FloorRevoked
  | FloorQueued
  | FloorTier
  | FloorUnheard
  | OrderChanged
  | IncidentChanged
  | LiveShown
  | LiveHidden
  | MediationState
  | MediationDrafted
  | ExhibitsShown
  | ExpertRung
  | ExpertOver
  | ExpertInvited
  | ExpertState
  | ConsultationState
  | ConsultationDue
