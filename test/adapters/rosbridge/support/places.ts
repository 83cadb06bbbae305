/** Places of the demonstration branch on the robot's map; some so far away that no test lives to see it arrive. */
export const places = {
  entrance: { x: 1, y: 1 },
  waiting: { x: 4, y: 1, yaw: 1.57 },
  counters: { x: 4, y: 4 },
  kiosks: { x: 1, y: 4 },
  exit: { x: 600, y: 0 },
  vip: { x: 0, y: -600 },
  'charger-1': { x: 2, y: 2, zone: 'kiosks', dock: 'home' },
}
