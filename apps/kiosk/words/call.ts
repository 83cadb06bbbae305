/** The call with an expert: waiting, agreeing, talking, and how it ended. */
import type { Words } from './word.ts'

export const callWords = {
  expertsAway: {
    zh: '现在没有专家在线',
    en: 'No expert is there just now',
  },
  expertsAwayText: {
    zh: '现在没有专家在线，请找工作人员。',
    en: 'No expert is there just now. Our staff can help you.',
  },
  yourCall: { zh: '专家通话', en: 'Your expert' },
  callNext: { zh: '您是下一位', en: 'You are next' },
  callBefore: { zh: '您前面还有 {n} 位', en: '{n} before you' },
  callPromised: { zh: '最晚 {time} 有专家接听', en: 'An expert answers by {time}' },
  callNoPromise: { zh: '暂时无法说明何时有专家接听', en: 'Nobody can say yet when an expert is free' },
  callRings: { zh: '正在呼叫{expert}…', en: '{expert} is being called…' },
  callRingsSomebody: { zh: '正在呼叫专家…', en: 'Experts are being called…' },
  callSit: {
    zh: '您可以坐下等候，也可以继续办理。有人接听时本屏会显示。您填写的内容过一会儿会自动清除。',
    en: 'You may sit down, or go on with your business. This screen shows when somebody answers. What you have entered is cleared after a while.',
    elder: {
      zh: '您可以先坐一会儿。有人接听，屏幕上会显示。',
      en: 'You may sit down. The screen shows when somebody answers.',
    },
  },
  callStill: {
    zh: '此时摄像头和麦克风都是关闭的。',
    en: 'Camera and microphone are off.',
  },
  callNextExpert: {
    zh: '正在为您接通另一位专家，您排在最前面。摄像头和麦克风已关闭。',
    en: 'Another expert is being called for you, ahead of everybody. Camera and microphone are off.',
  },
  callOff: { zh: '取消呼叫', en: 'Call it off' },
  callWaiting: { zh: '正在等候专家', en: 'Waiting for an expert' },

  callConsentTitle: { zh: '{expert}已接听', en: '{expert} has answered' },
  callConsent: {
    zh: '同意后，本机会打开摄像头和麦克风。\n能看到和听到您的有：{expert}，以及加入通话的本网点大堂经理。\n未经您另行同意，不录音、不录像。您可以随时关闭摄像头或麦克风，也可以随时挂断。',
    en: 'If you agree, this kiosk switches on its camera and microphone.\nWho sees and hears you: {expert}, and a manager of this branch who joins the call.\nNothing is recorded unless you agree to it separately. You can switch off camera or microphone, and hang up, at any time.',
    elder: {
      zh: '同意后会打开摄像头和麦克风，{expert}和本网点大堂经理能看到、听到您。\n未经您另行同意，不录音、不录像，随时可以挂断。',
      en: 'If you agree, the camera and microphone go on. {expert} and our branch manager can see and hear you.\nNothing is recorded unless you agree separately. You can hang up at any time.',
    },
  },
  callAgree: { zh: '同意并开始通话', en: 'Agree and talk' },
  callDecline: { zh: '不同意，请工作人员来', en: 'No, call staff instead' },

  callTalking: { zh: '正在与{expert}通话', en: 'Talking to {expert}' },
  callJoining: { zh: '正在接通{expert}…', en: '{expert} is coming…' },
  callExpert: { zh: '专家', en: 'Expert' },
  callManager: { zh: '大堂经理', en: 'Branch manager' },
  callYou: { zh: '您', en: 'You' },
  camera: { zh: '摄像头', en: 'Camera' },
  microphone: { zh: '麦克风', en: 'Microphone' },
  cameraOn: { zh: '已开：对方能看到您', en: 'On: you are seen' },
  cameraOff: { zh: '已关：没有人看到您', en: 'Off: nobody sees you' },
  microphoneOn: { zh: '已开：对方能听到您', en: 'On: you are heard' },
  microphoneOff: { zh: '已关：没有人听到您', en: 'Off: nobody hears you' },
  theirCameraOff: { zh: '摄像头已关', en: 'Camera off' },
  theirMicrophoneOff: { zh: '麦克风已关', en: 'Microphone off' },
  hangUp: { zh: '挂断', en: 'Hang up' },
  backToCall: { zh: '回到通话', en: 'Back to the call' },
  callHeld: {
    zh: '{expert}请您稍候，此时听不到也看不到您。',
    en: '{expert} asks you to hold on, and does not see or hear you meanwhile.',
  },
  callHeldShort: { zh: '稍候', en: 'On hold' },
  linkConnecting: { zh: '正在连接…', en: 'Connecting…' },
  linkBroken: { zh: '连接中断，正在恢复…', en: 'Connection lost. It is being restored…' },
  linkPoor: { zh: '网络不太稳定，画面可能变慢。', en: 'The connection is weak: the picture may be slow.' },
  callExpertLost: {
    zh: '与{expert}的连接中断，请稍候。若不能恢复，马上为您接通下一位专家。',
    en: 'The connection to {expert} is lost. Please wait a moment: if it does not come back, the next expert is called for you.',
  },
  callLineLost: {
    zh: '网点系统暂时连不上，通话继续。',
    en: 'The branch system cannot be reached just now. Your call goes on.',
  },
  cameraTrouble: {
    zh: '摄像头或麦克风打不开。您能看到、听到专家；如需帮助，请找工作人员。',
    en: 'The camera or microphone cannot be used. You see and hear the expert. If that is not enough, please call staff.',
  },
  callBroken: {
    zh: '通话打不开。请再试一次，或找工作人员。',
    en: 'The call cannot be opened. Try again, or call staff.',
  },
  tryAgain: { zh: '再试一次', en: 'Try again' },

  callOver: { zh: '通话已结束', en: 'The call is over' },
  callOverText: {
    zh: '摄像头和麦克风已关闭。专家正在记录结果。',
    en: 'Camera and microphone are off. The expert is noting the result.',
  },
  callSolved: { zh: '您的问题已经解决。', en: 'Your question is settled.' },
  callFollowUp: {
    zh: '余下的由现场工作人员办完。请在这里稍候，已请他们过来。',
    en: 'Our staff finish it with you. Please wait here: they have been called.',
  },
  callBack: { zh: '我们会给您回电。', en: 'We call you back.' },
  callBackBy: { zh: '我们最晚 {time} 给您回电。', en: 'We call you back by {time}.' },
  callAppointment: {
    zh: '已约好时间，请按约定再来。',
    en: 'An appointment is agreed. Please come again then.',
  },
  callNotSolved: {
    zh: '这次没能办成。需要时请找工作人员。',
    en: 'It could not be settled this time. Our staff can help you further.',
  },
  callUnanswered: {
    zh: '抱歉，现在没有专家能接听。已请工作人员过来。',
    en: 'We are sorry: no expert could answer. Our staff have been called to you.',
  },
  callUnansweredBy: {
    zh: '抱歉，现在没有专家能接听。已请工作人员过来；专家最晚 {time} 与您联系。',
    en: 'We are sorry: no expert could answer. Our staff have been called to you, and an expert gets in touch by {time}.',
  },
  callWithdrawn: { zh: '呼叫已取消。', en: 'The call was called off.' },
} as const satisfies Words
