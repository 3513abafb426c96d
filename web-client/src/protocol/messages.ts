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
  | 'order-conflict'
  | 'step-not-allowed'
  | 'reason-required'
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

export interface CallOpen {
  type: 'call.open'
  id?: string
  unit: string
}

export interface CallClose {
  type: 'call.close'
  id?: string
  call: string
}

export interface GroupAffiliate {
  type: 'group.affiliate'
  id?: string
  group: string
}

export interface GroupLeave {
  type: 'group.leave'
  id?: string
  group: string
}

export interface FloorRequest {
  type: 'floor.request'
  id?: string
  call: string
  priority?: number
  override?: boolean
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
  heartbeatSeconds: number
  node: string
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
  watching: Watching[]
  calls: Call[]
}

export interface SessionEnding {
  type: 'session.ending'
  seq: number
  code: number
  detail: string
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

export interface CallOpened {
  type: 'call.opened'
  seq: number
  re?: string
  call: string
  unit: string
  name: string
  by: string
}

export interface CallClosed {
  type: 'call.closed'
  seq: number
  call: string
  by?: string
}

export interface FloorGranted {
  type: 'floor.granted'
  seq: number
  call: string
  durationMs: number
  priority: number
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

export interface OrderChanged {
  type: 'order.changed'
  seq: number
  order: Order
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

export type Severity = 'red' | 'orange' | 'yellow'

export type ReportedStep = 'delivered' | 'read' | 'accepted' | 'refused' | 'enRoute' | 'arrived' | 'done'

export type Status = 'available' | 'busy' | 'break'

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
  assignees: Assignee[]
}

export interface UnitLive {
  unit: string
  live: Live
  watchers: Watcher[]
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
  floor?: Floor
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

export interface Talker {
  user: string
  name: string
  unit?: string
}

export type Use = 'mic' | 'camera' | 'voice' | 'picture' | 'sound'

export type Kind = 'car' | 'handheld' | 'room' | 'policeRoom' | 'station' | 'mediator' | 'centre' | 'camera'

export interface Floor {
  talker: Talker
  mayRequest: boolean
  since: string
}

export interface PlacedBy {
  user: string
  name: string
  node: string
}

export interface Assignee {
  unit: string
  name: string
  step: Step
  at: string
  reason?: string
  history: StepTaken[]
}

export type Step = 'placed' | 'delivered' | 'read' | 'accepted' | 'refused' | 'enRoute' | 'arrived' | 'done'

export interface StepTaken {
  step: Step
  at: string
  reason?: string
}

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
  | CallOpen
  | CallClose
  | GroupAffiliate
  | GroupLeave
  | FloorRequest
  | FloorRelease
  | OrderPlace
  | OrderReport
  | SetUnitStatus

export type ServerMessage =
  | Ok
  | Refused
  | Pong
  | Welcome
  | Snapshot
  | SessionEnding
  | MediaAnswer
  | MediaState
  | VoiceSlot
  | UnitChanged
  | LiveChanged
  | LiveAsked
  | LiveAnswered
  | WatchChanged
  | WatchQuality
  | CallOpened
  | CallClosed
  | FloorGranted
  | FloorDenied
  | FloorTaken
  | FloorIdle
  | FloorRevoked
  | FloorQueued
  | OrderChanged
