/** What goes over the wire is what was held against the description of the CMS; and the check sees what does not fit. */
import { expect, test } from 'vitest'
import { fixtures, type RequestShape, recordRequests } from './support/requests.ts'
import { Description, judge } from './support/swagger.ts'

test('the requests on record are those that the adapter sends', async () => {
  expect(await recordRequests()).toEqual(fixtures())
})

/** Made up for this test. */
const description = Description.parse({
  servers: [{ url: '/api' }],
  paths: {
    '/group/{id}/show': {
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['layoutId'],
                properties: { layoutId: { type: 'integer' }, mode: { type: 'string' } },
              },
            },
          },
        },
      },
    },
    '/group/values[/{id}]': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'array', items: { properties: { name: { type: 'string' } } } },
            },
          },
        },
      },
    },
    '/plays': { get: { parameters: [{ name: 'displayId', in: 'query', schema: { type: 'integer' } }] } },
  },
  components: { securitySchemes: { auth: { flows: { one: { tokenUrl: '/api/token' } } } } },
})
const form = 'application/x-www-form-urlencoded'
const request = (more: Partial<RequestShape>): RequestShape => ({
  what: 'it',
  method: 'POST',
  path: '/api/group/7/show',
  query: [],
  contentType: form,
  body: { layoutId: '3' },
  ...more,
})
test.for<[string, Partial<RequestShape>, string[], string[]]>([
  ['what fits', {}, [], []],
  ['a token', { path: '/api/token' }, [], []],
  ['an unknown path', { path: '/api/group/x/show' }, ['there is no such call'], []],
  ['another method', { method: 'PUT' }, ['there is no such call'], []],
  ['a field of the wrong type', { body: { layoutId: 'three' } }, ['layoutId has the wrong type'], []],
  ['a missing field', { body: { mode: 'x' } }, ['without layoutId'], []],
  ['another field', { body: { layoutId: '3', colour: 'red' } }, [], ['colour']],
  ['no body', { body: null, contentType: null }, ['without a body'], []],
  ['another type of body', { contentType: 'text/plain' }, ['a body of type text/plain'], []],
  ['a list', { path: '/api/group/values/7', contentType: 'application/json', body: [{ name: 'a' }] }, [], []],
  [
    'no list',
    { path: '/api/group/values/7', contentType: 'application/json', body: { a: 1 } },
    ['the body is not a list'],
    [],
  ],
  [
    'a query',
    {
      method: 'GET',
      path: '/api/plays',
      body: null,
      query: [
        ['displayId[]', 'x'],
        ['start', '0'],
      ],
    },
    ['displayId[] has the wrong type'],
    ['start'],
  ],
])('the check: %s', ([, more, wrong, undescribed]) => {
  expect(judge(description, request(more))).toEqual({ what: 'it', wrong, undescribed })
})
