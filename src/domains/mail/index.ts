import { domain } from '../../kernel/domain.ts'
import { addRun, askBoard, askLabel, assignVehicle, closeRun, holdRun } from './board/questions.ts'
import { closeDespatch } from './branch/close.ts'
import { askBalance, closeShift } from './branch/shift.ts'
import { askExpected, openBag } from './centre/open.ts'
import { eventOperations } from './events/operations.ts'
import { scanIndicators, scans } from './events/source.ts'
import { listDevices, registerDevice, revokeDevice } from './handover/devices.ts'
import { askHandover, sign } from './handover/sign.ts'
import { check, way } from './network/questions.ts'
import { office, plan, route, tariff } from './network/types.ts'
import { answeredNote, note } from './notes/note.ts'
import { adjudicate } from './notes/settle.ts'
import { charges, settlementIndicators, transits } from './settlement/source.ts'
import { askEntries, askStatement, settleDispute } from './settlement/statement.ts'
import { simulateCommand } from './simulate/command.ts'
import { askPublicTrace, askRun, askTrace, askTraceList } from './tracing/questions.ts'
import { askVehicles, askVehicleUse, vehicleGateway } from './vehicles/positions.ts'

// The mail network: what branches, runs and offices do to items and bags, entered once; what is counted and owed follows.

export default domain('mail', {
  zh: '邮件网路',
  en: 'Mail network',
  types: [office, route, plan, tariff, note],
  sources: [scans, transits, charges],
  indicators: { ...scanIndicators, ...settlementIndicators },
  rules: [answeredNote],
  awaiting: [
    {
      id: 'mail.notes-open',
      title: { zh: '待答复的验单', en: 'Verification notes to be answered' },
      type: note,
      state: ['open'],
      due: { field: 'due', days: 1 },
    },
  ],
  screens: [
    {
      id: 'mail/board',
      title: { zh: '指挥调度屏', en: 'Command board' },
      help: {
        zh: '趟车、局所和告警的实时情况；封发、交接、开拆随录入即时更新，趟车到时未交接自动转为晚点',
        en: 'Runs, offices and alarms as they stand; every closing, handover and opening shows at once',
      },
      may: 'read',
    },
  ],
  services: [vehicleGateway],
  commands: [simulateCommand],
  operations: [
    check,
    way,
    ...eventOperations,
    closeDespatch,
    askBalance,
    closeShift,
    askExpected,
    openBag,
    registerDevice,
    revokeDevice,
    listDevices,
    sign,
    askHandover,
    askTrace,
    askTraceList,
    askRun,
    askPublicTrace,
    askBoard,
    askLabel,
    askStatement,
    askEntries,
    settleDispute,
    adjudicate,
    askVehicles,
    askVehicleUse,
    addRun,
    holdRun,
    closeRun,
    assignVehicle,
  ],
})
