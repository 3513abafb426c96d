export default {
  telephone: {
    dial: '拨打电话',
    again: '再拨',
    hangUp: '挂断',
    mute: '静音',
    unmute: '取消静音',
    muted: '已静音',
    call: {
      dialling: '正在拨号', ringing: '正在响铃', notice: '已接听，正在听须知', seated: '在电话上', busy: '占线', noAnswer: '没有人接', failed: '没有打通', gaveUp: '没有打成，已放弃',
      refused: '对方不同意保密，已挂断', hungUp: '对方挂断了', ended: '已挂断', lost: '电话断了', moved: '已改用页面参加',
    },
    cannotSign: '{names} 以电话参加：看不到文书和画面，电话上不能签名。请念给对方听，以后发链接由本人签，或请本人到场签。',
    code: '电话参加：生成接入码',
    codeText: '【云上调解】请拨打调解中心的电话，听到提示后按接入码 {code} 参加“{title}”的调解。接入码只能用一次，请勿转告他人。',
    codeOf: '给 {name} 的接入码',
    codeHint: '接入码只能用一次。生成后，之前没有用过的链接和接入码都失效。',
    failed: '没有成功，请稍后再试。',
    refused: {
      'no-number': '没有留电话号码。', 'bad-number': '留的不是能拨打的号码。', 'no-gateway': '现在没有接上电话网，不能拨打。', 'called-already': '正在和对方通话，或者正在拨打。', 'no-such-call': '没有这个通话了。', 'not-by-telephone': '对方不在电话上。',
      'mediator-only': '这一步由调解员来做。', 'mediation-over': '调解已经结束。', 'no-such-person': '席上没有这个人。', 'record-unavailable': '暂时不能保存，请稍后再试。', internal: '没有成功，请再试一次。',
    },
  },
}
