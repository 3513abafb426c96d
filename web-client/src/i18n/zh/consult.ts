export default {
  consult: {
    which: '召集哪一组人',
    about: '关于 {number} {title}',
    aboutNothing: '不关于哪一起警情',
    nobody: '这里没有可以召集的人。',
    and: '、',
    by: '{by} 于 {at} 召集',
    members: '参会人',
    again: '再次呼叫',
    sit: '进入会商',
    end: '结束会商',
    over: '会商结束了。谁参加、从几点到几点，已经记录在案。',
    state: { ringing: '正在呼叫', accepted: '正在进来', here: '在场', declined: '不能来', noAnswer: '没有应答', absent: '不在线', busy: '正被别处呼叫', away: '不在场' },
    refused: { 'incident-elsewhere': '这起警情没有交给那个镇，不能为它召集那里的人。', 'room-full': '会商的位置满了。', 'mediation-over': '会商已经结束。', 'too-many-people': '会商的位置满了。' },
  },
}
