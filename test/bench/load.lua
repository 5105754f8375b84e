-- Arguments: a file of lines "path<TAB>body", a 16 character mark, and the number of this run.
-- Each mark becomes a number that comes once only. Requests are cut up beforehand, so that little is left to do
-- while the load runs.

local requests, turn, number = {}, 0, 0

local function cut(text, mark)
  local pieces, from = {}, 1
  while true do
    local first, last = text:find(mark, from, true)
    if not first then break end
    pieces[#pieces + 1] = text:sub(from, first - 1)
    pieces[#pieces + 1] = ''
    from = last + 1
  end
  pieces[#pieces + 1] = text:sub(from)
  return pieces
end

function init(arguments)
  local file, mark, run = arguments[1], arguments[2], tonumber(arguments[3])
  number = run * 1000000000
  for line in io.lines(file) do
    local path, body = line:match('^(%S+)\t(.+)$')
    local text = wrk.format('POST', path, { ['Content-Type'] = 'application/json' }, body)
    requests[#requests + 1] = cut(text, mark)
  end
end

function request()
  turn = turn % #requests + 1
  local pieces = requests[turn]
  for index = 2, #pieces, 2 do
    number = number + 1
    pieces[index] = string.format('%016d', number)
  end
  return table.concat(pieces)
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"refused":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.errors.status, failed,
    latency:percentile(50), latency:percentile(99)))
end
