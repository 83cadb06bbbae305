/** What a battery means for what its robot can be asked, where the hub chooses and where flows plan ahead. Percent. */

/** Below this a robot only goes to its charger. */
export const batteryLowPercent = 15
/** From here on a robot that charges may be asked again. */
export const chargedEnoughPercent = 40
