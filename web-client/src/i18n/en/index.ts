import cases from './case'
import common from './common'
import console from './console'
import duty from './duty'
import evidence from './evidence'
import field from './field'
import incidents from './incidents'
import lists from './lists'
import mediation from './mediation'
import meeting from './meeting'
import replay from './replay'
import report from './report'
import settings from './settings'
import signIn from './sign-in'
import terminal from './terminal'
import voice from './voice'

/** All of English in one piece: it is fetched when somebody wants it. */
export default { ...common, ...voice, ...console, ...incidents, ...cases, ...duty, ...meeting, ...mediation, ...lists, ...evidence, ...replay, ...report, ...settings, ...signIn, ...field, ...terminal }
