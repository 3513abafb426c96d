import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { silentOpus } from './opus-file.ts';
import type { Server } from './server.ts';

const RUN = fileURLToPath(new URL('../../../target/run', import.meta.url));
/** Milliseconds. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const LENGTH_MS = 120 * MINUTE;
export const BURSTS = 300;
export const ORDERS = 20;
export const NOTES = 120;
export const UNITS = ['car1', 'car2', 'xinhe-grid1'] as const;
const CALLS = ['group-xinhe', 'pair-xinhe:xinhe-police'] as const;

/** Those who have orders, and a camera: each of these that goes live while the incident is open is recorded. */
export const CAMERAS = [...UNITS, 'xinhe-grid2'] as const;
const OF_INCIDENT = 'order_id, unit_id, sort_key, step, version';

/** Where a unit is so long after the beginning: a round trip, so that any error of time is one of place. */
export function placeOf(unit: string, ms: number): { latitude: number; longitude: number } {
  const index = UNITS.indexOf(unit as (typeof UNITS)[number]);
  const turn = (ms / (15 * MINUTE) + index / 3) * 2 * Math.PI;
  return { latitude: 28.375 + 0.01 * Math.sin(turn), longitude: 121.372 + (0.01 + index * 0.004) * Math.cos(turn) };
}

/** When burst so-and-so begins, and how long it is. */
export function burstAt(index: number): { ms: number; seconds: number } {
  return { ms: 30 * SECOND + index * 23 * SECOND, seconds: 4 + (index % 7) };
}

/** The Java that runs the server, asked while it runs. */
export function javaOf(server: Server): string {
  return realpathSync(`/proc/${server.pid}/exe`);
}

/** Gives each camera an order about an incident that is open, so that it is recorded; the server stands still. */
export function assign(server: Server, java: string, incident: string): void {
  run(server, java, CAMERAS.flatMap((unit, index) => [
    `insert into dispatch_order (id, body, severity, placed_by, placed_node, placed_seat, placed_at, incident_id) values ('replay-order-${index}', '请到场', 'ORANGE', 'xinhe', 'xinhe', 'xinhe-seat', now(), '${incident}')`,
    `insert into order_assignment (${OF_INCIDENT}) values ('replay-order-${index}', '${unit}', 0, 'DELIVERED', 1)`,
    `insert into order_report (order_id, unit_id, step, happened_at, received_at) values ('replay-order-${index}', '${unit}', 'DELIVERED', now(), now())`,
  ]));
}

/** Writes two hours of an incident, that have just gone by, around what was recorded of it into the record of a server that stands still. */
export function seed(server: Server, java: string, incident: string, begin: Date, units: readonly string[] = UNITS): void {
  const at = (ms: number): string => `timestamp with time zone '${new Date(begin.getTime() + ms).toISOString()}'`;
  const sql: string[] = [
    `update incident set opened_at = ${at(0)}, closed_at = ${at(LENGTH_MS)}, state = 'CLOSED', step = 'closed', outcome = '双方和解' where id = '${incident}'`,
    // what is moved in time was sealed as it was; the chain begins anew
    'delete from journal_leaf',
    'delete from journal_seal',
    `update journal_entry set happened_at = ${at(LENGTH_MS)} where sequence in (select sequence from journal_subject where id = '${incident}') and kind <> 'INCIDENT_OPENED' and kind not like 'RECORDING%'`,
    `update journal_entry set happened_at = ${at(0)} where sequence in (select sequence from journal_subject where id = '${incident}') and kind = 'INCIDENT_OPENED'`,
  ];
  for (const [table, order] of [['order_report', 'order_id'], ['order_assignment', 'order_id'], ['dispatch_order', 'id']]) sql.push(`delete from ${table} where ${order} like 'replay-order-%'`);
  sql.push(`update evidence set arrived_at = ${at(10 * MINUTE)} where incident_id = '${incident}'`);
  const journal = 1_000_000;
  for (let note = 0; note < NOTES; note++) {
    sql.push(`insert into journal_entry (sequence, happened_at, kind, actor, seat, detail) values (${journal + note}, ${at(((note + 0.5) * LENGTH_MS) / NOTES)}, 'INCIDENT_CHANGED', 'xinhe', 'xinhe-seat', 'action=NOTE' || char(10) || 'text=现场情况第 ${note + 1} 次续报' || char(10))`,
      `insert into journal_subject (kind, id, sequence) values ('INCIDENT', '${incident}', ${journal + note})`);
  }
  sql.push(`insert into journal_entry (sequence, happened_at, kind, actor, seat, detail) values (${journal + NOTES}, ${at(LENGTH_MS)}, 'INCIDENT_CLOSED', 'xinhe', 'xinhe-seat', 'action=CLOSE' || char(10) || 'result=双方和解' || char(10))`,
    `insert into journal_subject (kind, id, sequence) values ('INCIDENT', '${incident}', ${journal + NOTES})`,
    `alter table journal_entry alter column sequence restart with ${journal + NOTES + 1}`);
  for (let order = 0; order < ORDERS; order++) {
    const [id, unit, from] = [`replay-order-${order}`, CAMERAS[order % CAMERAS.length]!, order * 5 * MINUTE + 40 * SECOND];
    sql.push(`insert into dispatch_order (id, body, severity, placed_by, placed_node, placed_seat, placed_at, incident_id) values ('${id}', '第 ${order + 1} 次处置', 'ORANGE', 'xinhe', 'xinhe', 'xinhe-seat', ${at(from)}, '${incident}')`,
      `insert into order_assignment (${OF_INCIDENT}) values ('${id}', '${unit}', 0, 'DONE', 4)`);
    ['DELIVERED', 'ACCEPTED', 'ARRIVED', 'DONE'].forEach((step, index) => {
      const when = at(from + (index + 1) * 55 * SECOND);
      sql.push(`insert into order_report (order_id, unit_id, step, happened_at, received_at) values ('${id}', '${unit}', '${step}', ${when}, ${when})`);
    });
  }
  for (let index = 0; index < BURSTS; index++) {
    const { ms, seconds } = burstAt(index);
    const [id, call] = [`replay-burst-${index}`, CALLS[index % CALLS.length]!];
    const began = new Date(begin.getTime() + ms);
    const day = began.toISOString().slice(0, 10).replaceAll('-', '/');
    mkdirSync(`${server.data}/voice/${day}`, { recursive: true });
    writeFileSync(`${server.data}/voice/${day}/${id}.opus`, silentOpus(seconds));
    sql.push(`insert into burst (id, call_id, sides, talker_session, talker_user, talker_unit, tier, priority, floor_result, requested_at, started_at, ended_at, ended_by, duration_millis, audio, audio_complete, listeners, incident_id) values ('${id}', '${call}', '', 's', 'car1', '${units[index % units.length]}', 'YELLOW', 5, 'GRANTED', ${at(ms)}, ${at(ms)}, ${at(ms + seconds * SECOND)}, 'RELEASED', ${seconds * SECOND}, '${day}/${id}.opus', true, '', '${incident}')`,
      `insert into burst_call (burst_id, call_id, started_at) values ('${id}', '${call}', ${at(ms)})`);
  }
  for (const unit of units) {
    for (let piece = 0; piece < LENGTH_MS; piece += 10 * MINUTE) {
      let [north, east] = [0, 0];
      const points = Array.from({ length: 600 }, (_, second) => {
        const { latitude, longitude } = placeOf(unit, piece + second * SECOND);
        const [y, x] = [Math.round(latitude * 1e6), Math.round(longitude * 1e6)];
        const text = `${second === 0 ? 0 : SECOND},${y - north},${x - east}`;
        [north, east] = [y, x];
        return text;
      });
      sql.push(`insert into track_piece (unit, from_at, until_at, points) values ('${unit}', ${at(piece)}, ${at(piece + 599 * SECOND)}, '${points.join(' ')}')`);
    }
  }
  sql.push(`insert into alert (id, unit, raised_by, tier, phase, raised_at, active_at, ended_by, ended_at, reason, version) values ('replay-alert', 'car1', 'car1', 'RED', 'CLOSED', ${at(30 * MINUTE)}, ${at(30 * MINUTE + 5000)}, 'xinhe', ${at(33 * MINUTE)}, '已到场', 3)`);
  run(server, java, sql);
}

function run(server: Server, java: string, sql: readonly string[]): void {
  const script = `${server.data}/seed.sql`;
  writeFileSync(script, sql.map((statement) => `${statement};\n`).join(''));
  const app = readdirSync(RUN).filter((name) => name.startsWith('app-')).map((name) => `${RUN}/${name}/lib`).find((lib) => readdirSync(lib).some((jar) => jar.startsWith('h2-')))!;
  const jar = readdirSync(app).find((name) => name.startsWith('h2-'))!;
  execFileSync(java, ['-cp', `${app}/${jar}`, 'org.h2.tools.RunScript', '-url', `jdbc:h2:file:${server.data}/maplebridge`, '-user', 'maplebridge', '-script', script, '-options', "charset 'utf-8'"], { stdio: 'pipe' });
}
