export default {
  field: {
    title: '报事',
    what: '发生了什么',
    place: '在哪里',
    placeHint: '如：长屿村12号门前',
    here: '附上我现在的位置',
    nowhere: '没有定位，请把地点写清楚',
    level: '紧急程度',
    send: '报给本所指挥室',
    sending: '正在报送…',
    sent: '已报送，编号 {number}',
    next: '指挥室已收到。需要您处置时，会下达指令。',
    again: '再报一件',
    lacksText: '请写明发生了什么',
    lacksPlace: '请写明地点',
    offline: '没有网络，内容已保存在本机。网络恢复后再按一次报送，不会重复。',
  },
}
