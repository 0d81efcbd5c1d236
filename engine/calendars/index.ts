/** Business calendars: what is open, how much of a time counts, when so much has passed. */

export {
  type Calendar,
  type Calendars,
  type OpenWindow,
  WEEKDAYS,
  type Weekday,
} from '../model/index.js';
export { businessDaysAfter } from './business-days.js';
export {
  businessMsIn,
  businessTimeAfter,
  explainInterval,
  SEARCHED_DAYS,
} from './business-time.js';
export { type Interval, isOpen, type OpenReason, type Stretch } from './open-hours.js';
