import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import { eventStream } from '../events.ts'
import type { Job } from '../jobs.ts'
import { API, file, route, sent } from '../route.ts'
import * as shapes from '../shapes.ts'

// Long work: looked at, followed, ended early. Each person sees their own.

/** A job as the API tells of it. */
export const shownJob = ({ person: _, file: made, ...job }: Job) => ({
  ...job,
  file: made ? `${API}/jobs/${job.id}/file` : null,
})

export const jobRoutes = [
  route(
    {
      name: 'listJobs',
      method: 'GET',
      path: '/jobs',
      title: { zh: '自己的任务', en: 'My jobs' },
      may: 'signed-in',
      answer: z.strictObject({ jobs: z.array(shapes.job) }),
    },
    ({ actor, jobs }) => ok({ jobs: jobs.list(actor.person).map(shownJob) }),
  ),
  route(
    {
      name: 'readJob',
      method: 'GET',
      path: '/jobs/:job',
      title: { zh: '任务进展', en: 'How far a job is' },
      may: 'signed-in',
      answer: shapes.job,
    },
    ({ actor, jobs, params }) => {
      const job = jobs.find(actor.person, params.job)
      return job.ok ? ok(shownJob(job.value)) : job
    },
  ),
  route(
    {
      name: 'followJob',
      method: 'GET',
      path: '/jobs/:job/events',
      title: { zh: '任务进展（实时）', en: 'The progress of a job, live' },
      may: 'signed-in',
      answer: ['text/event-stream'],
    },
    ({ actor, jobs, params, reply, streams }) => {
      const job = jobs.find(actor.person, params.job)
      if (!job.ok) return job
      const stream = eventStream({ reply, streams }, { onClose: () => stop() })
      const tell = (now: Job) => {
        stream.send({ event: 'job', data: shownJob(now) })
        if (now.state !== 'running') stream.close()
      }
      const stop = jobs.watch(params.job, tell)
      tell(job.value)
      return ok(sent)
    },
  ),
  route(
    {
      name: 'cancelJob',
      method: 'DELETE',
      path: '/jobs/:job',
      title: { zh: '中止任务', en: 'End a job early; nothing of it stays' },
      may: 'signed-in',
      answer: shapes.job,
    },
    ({ actor, jobs, params }) => {
      const job = jobs.cancel(actor.person, params.job)
      return job.ok ? ok(shownJob(job.value)) : job
    },
  ),
  route(
    {
      name: 'downloadJob',
      method: 'GET',
      path: '/jobs/:job/file',
      title: { zh: '下载任务的文件', en: 'Download what a job made' },
      may: 'signed-in',
      answer: ['application/octet-stream'],
    },
    async ({ actor, jobs, params }) => {
      const job = jobs.find(actor.person, params.job)
      if (!job.ok) return job
      const made = job.value.file
      if (!made)
        return fail('job/unknown-file', { job: params.job, zh: '这项任务没有文件', en: 'The job made no file' })
      const { size } = await stat(made.path)
      return ok(file({ content: createReadStream(made.path), mediaType: made.mediaType, name: made.name, size }))
    },
  ),
]
