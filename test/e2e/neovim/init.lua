-- Inlayer in a Neovim of 0.7 to 0.9, which has no hints of its own: docs/editors.md.
local marks = vim.api.nvim_create_namespace("inlayer")

local function text(label)
  if type(label) == "string" then return label end
  return table.concat(vim.tbl_map(function(part) return part.value end, label))
end

local function hints(client, buffer)
  local last = vim.api.nvim_buf_line_count(buffer)
  local whole = { start = { line = 0, character = 0 }, ["end"] = { line = last, character = 0 } }
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, range = whole }
  client.request("textDocument/inlayHint", params, function(_, found)
    vim.api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
    for _, hint in ipairs(found or {}) do
      local shown = { virt_text = { { text(hint.label), "Comment" } } }
      vim.api.nvim_buf_set_extmark(buffer, marks, hint.position.line, 0, shown)
    end
  end, buffer)
end

local function attach(client, buffer)
  hints(client, buffer)
  vim.api.nvim_create_autocmd({ "TextChanged", "InsertLeave" }, {
    buffer = buffer,
    callback = function() hints(client, buffer) end,
  })
  vim.keymap.set("n", "K", vim.lsp.buf.hover, { buffer = buffer })
  vim.keymap.set("n", "<leader>a", vim.lsp.buf.code_action, { buffer = buffer })
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = "python",
  callback = function()
    local client = vim.lsp.start_client({
      name = "inlayer",
      cmd = { "inlayer", "lsp", "--stdio" },
      root_dir = vim.fn.getcwd(),
      on_attach = attach,
    })
    vim.lsp.buf_attach_client(0, client)
  end,
})
