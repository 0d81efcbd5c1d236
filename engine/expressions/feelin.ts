/**
 * The only file that imports feelin: its parser, its value classes, and its built-ins, which feelin
 * does not export but hands out as the value of their names.
 */
export {
  dateAndTime as parseZonedDateTime,
  evaluate as feelinEvaluate,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
  parseExpression,
  parseUnaryTests,
  unaryTest as feelinUnaryTest,
} from 'feelin';
