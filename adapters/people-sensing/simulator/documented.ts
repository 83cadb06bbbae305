/**
 * Messages as the vendors document them, with everything that they really carry: names, faces, pictures and ages too,
 * so that whoever hears them can show that it drops them.
 */

/** A small picture, as such messages carry them. */
const picture =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAAkGBxAQEBUQEBAVFhUVFRUVFRUVFRUVFRUVFRUWFhUVFRUYHSggGBolHRUVITEh'

const seconds = (ms: number) => ms / 1_000
const iso = (ms: number) => new Date(ms).toISOString()

export interface FrigateObject {
  readonly id: string
  readonly camera: string
  readonly at: number
  readonly since: number
  readonly zones: readonly string[]
  readonly entered: readonly string[]
  readonly label?: string
}

const frigateObject = (object: FrigateObject, endTime: number | null) => ({
  id: object.id,
  camera: object.camera,
  frame_time: seconds(object.at),
  snapshot: {
    frame_time: seconds(object.at),
    box: [415, 489, 528, 700],
    area: 12728,
    score: 0.78,
    attributes: [],
  },
  label: object.label ?? 'person',
  sub_label: ['Wang Xiaoming', 0.79],
  top_score: 0.96,
  false_positive: false,
  start_time: seconds(object.since),
  end_time: endTime,
  score: 0.88,
  box: [432, 496, 544, 854],
  area: 40096,
  ratio: 1.25,
  region: [218, 440, 693, 915],
  current_zones: object.zones,
  entered_zones: object.entered,
  thumbnail: picture,
  has_snapshot: true,
  has_clip: false,
  active: true,
  stationary: false,
  motionless_count: 0,
  position_changes: 2,
  attributes: { face: 0.86 },
  current_attributes: [{ label: 'face', box: [442, 506, 534, 524], score: 0.86 }],
  recognized_license_plate: 'ABC12345',
  recognized_license_plate_score: 0.93,
})

export const frigateEvent = (type: 'new' | 'update' | 'end', before: FrigateObject, after: FrigateObject) =>
  JSON.stringify({
    type,
    before: frigateObject(before, null),
    after: frigateObject(after, type === 'end' ? seconds(after.at) : null),
  })

/** The values of a SimpleItem are quoted in the specification's own examples; the quotes may be left out. */
export const onvifEvent = (at: number, source: Record<string, string>, data: Record<string, unknown>) =>
  JSON.stringify({ UtcTime: iso(at), Source: source, Data: data })

export const axisEvent = (scenario: string, at: number, data: Record<string, string>) =>
  JSON.stringify({
    topic: `axis:CameraApplicationPlatform/ObjectAnalytics/${scenario}`,
    timestamp: at,
    serial: 'B8A44F000001',
    message: { source: {}, key: {}, data },
  })

/** The times of a VS121-P are wall clock times of the zone that it names. */
const wallTime = (at: number, offsetMs: number) =>
  new Date(at + offsetMs).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')

export const milesightRegions = (at: number, regions: readonly number[], counted: readonly number[]) =>
  JSON.stringify({
    event: 'Region People Counting',
    report_type: 'interval',
    device_info: {
      device: 'Workplace Sensor',
      device_sn: '6600B0940976',
      device_mac: '24:E1:24:00:00:01',
      ip_address: '192.168.0.99',
    },
    time_info: {
      timezone: 'UTC+8:00',
      dst_status: false,
      start_time: wallTime(at - 60_000, 28_800_000),
      end_time: wallTime(at, 28_800_000),
    },
    current_total: counted.reduce((sum, one) => sum + one, 0),
    Max_counted: 12,
    total_mapped_regions: regions.length,
    regions_name: ['Wang', 'Li'],
    numbering_regions: regions,
    current_counted: counted,
    snapshot: picture,
  })

export const milesightLine = (at: number, line: number, passed: { in: number; out: number }) =>
  JSON.stringify({
    device_info: { device_name: 'People Counter', device_sn: '6384E16179950009', running_time: 58 },
    line_trigger_data: [
      {
        line,
        line_name: 'Door',
        line_uuid: '9a0440de-3188-4f6d-b886-bb20c97bd26b',
        total: passed,
        children: { in: 0, out: 0 },
        group: { in: 0, out: 0 },
      },
    ],
    time_info: {
      dst_status: false,
      enable_dst: true,
      time: iso(at),
      time_zone: 'UTC+8:00 China Standard Time (CT/CST)',
    },
  })

export interface XovisEvent {
  readonly type: string
  readonly track: number
  readonly geometry?: number
}

const xovisHead = (id: number) => ({
  package_info: { version: '5.0', id, agent_id: 1005 },
  sensor_info: { serial_number: '00:6E:02:00:00:01', type: 'SINGLE_SENSOR', timezone: 'Asia/Shanghai' },
})

export const xovisLive = (id: number, at: number, events: readonly XovisEvent[]) =>
  JSON.stringify({
    live_data: {
      ...xovisHead(id),
      frames: [
        {
          framenumber: 4137403 + id,
          time: iso(at),
          tracked_objects: events.map(({ track }) => ({
            track_id: track,
            type: 'PERSON',
            position: [-0.045, 0.077, 1.739],
            attributes: { person_height: 1.74, gender: 'FEMALE', face_mask: 'NO_MASK', tag: 'STAFF' },
          })),
          events: events.map(({ type, track, geometry }) => ({
            category: 'SCENE',
            type,
            attributes: {
              track_id: track,
              sequence_number: 0,
              ...(geometry !== undefined && { geometry_id: geometry, geometry_name: 'Door' }),
            },
          })),
        },
      ],
    },
  })

export const xovisCounts = (
  id: number,
  at: number,
  logics: Readonly<Record<number, Record<string, number>>>,
) =>
  JSON.stringify({
    logics_data: {
      ...xovisHead(id),
      logics: Object.entries(logics).map(([logic, counts]) => ({
        id: Number(logic),
        name: 'Hall',
        info: 'XLT_4X_ZONE_COUNT',
        geometries: [{ id: 1, type: 'ZONE', name: 'Hall' }],
        records: [
          {
            from: at - 60_000,
            to: at,
            counts: Object.entries(counts).map(([name, value], index) => ({ id: index + 1, name, value })),
          },
        ],
      })),
    },
  })
